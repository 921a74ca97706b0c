import { useState } from 'react'
import { hasPreview, isShownImage } from '#engine/files/file-kinds.ts'
import { entriesOf } from '../fields/control.ts'
import type { ScreenField } from '../use-objects.ts'
import type { RecordRow } from '../use-records.ts'
import { FileMark } from './FileMark.tsx'
import { FileTile } from './FileTile.tsx'
import { ImageViewer } from './ImageViewer.tsx'
import { previewAddress } from './use-files.ts'
import './files.css'

interface FilesValueProps {
  readonly field: ScreenField
  readonly row: RecordRow
  readonly isDense: boolean
}

/** The files of a field: tiles to open, or in a table their names, small images before them. */
export function FilesValue({ field, row, isDense }: FilesValueProps) {
  const [lookedAt, setLookedAt] = useState<string>()
  const files = entriesOf(row[field.key]).map((id) => ({ id, name: row.names[id] ?? '—' }))
  if (isDense) {
    return (
      <span className="entries" data-one-line="true">
        {files.map(({ id, name }) => (
          <span key={id} className="file-in-line">
            {hasPreview(name) ? <img src={previewAddress(id)} alt="" loading="lazy" /> : <FileMark name={name} />}
            {name}
          </span>
        ))}
      </span>
    )
  }
  return (
    <>
      <ul className="file-tiles">
        {files.map((file) => (
          <FileTile key={file.id} file={file} hasPreview={hasPreview(file.name)} onOpen={() => setLookedAt(file.id)} />
        ))}
      </ul>
      {lookedAt && (
        <ImageViewer
          images={files.filter(({ name }) => isShownImage(name))}
          at={lookedAt}
          onTurn={setLookedAt}
          onClose={() => setLookedAt(undefined)}
        />
      )}
    </>
  )
}

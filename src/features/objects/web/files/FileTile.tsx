import type { ReactNode } from 'react'
import { isShownImage } from '#engine/files/file-kinds.ts'
import { useWords } from '#web/words/use-words.ts'
import { FileMark } from './FileMark.tsx'
import { previewAddress, saveAddress } from './use-files.ts'
import { fileWords } from './words.ts'
import './files.css'

export interface TiledFile {
  readonly id: string
  readonly name: string
}

interface FileTileProps {
  readonly file: TiledFile
  readonly hasPreview: boolean
  /** Opens the image; files that are no images are downloaded instead. */
  readonly onOpen: (() => void) | undefined
  /** Under the name. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
}

/** A file: what it looks like, what it is called, and a way to it. */
export function FileTile({ file, hasPreview, onOpen, note, actions }: FileTileProps) {
  const t = useWords(fileWords)
  const { id, name } = file
  const look = (
    <>
      <span className="file-look">
        {hasPreview ? <img src={previewAddress(id)} alt="" loading="lazy" /> : <FileMark name={name} />}
      </span>
      <span className="file-name" title={name}>
        {name}
      </span>
    </>
  )
  return (
    <li className="file-tile">
      {onOpen && isShownImage(name) ? (
        <button type="button" className="plain-button file-way" aria-label={t('open', { name })} onClick={onOpen}>
          {look}
        </button>
      ) : (
        <a className="file-way" href={saveAddress(id)} download={name} aria-label={t('save', { name })}>
          {look}
        </a>
      )}
      {note && <span className="muted file-note">{note}</span>}
      {actions && <span className="file-actions">{actions}</span>}
    </li>
  )
}

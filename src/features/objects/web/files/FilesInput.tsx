import { useEffect, useRef, useState } from 'react'
import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { hasPreview } from '#engine/files/file-kinds.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ScreenField } from '../use-objects.ts'
import { FileButtons } from './FileButtons.tsx'
import { FileTile } from './FileTile.tsx'
import { UploadList } from './UploadList.tsx'
import { useDrop } from './use-drop.ts'
import { useUploads, valueAddress } from './use-files.ts'
import { fileWords } from './words.ts'
import './files.css'

interface FilesInputProps {
  readonly id: string
  readonly object: string
  readonly field: ScreenField
  readonly value: readonly string[]
  /** Names of the files that stand there, by their ids. */
  readonly names: Readonly<Record<string, string | null>>
  readonly describedBy?: string | undefined
  readonly onChange: (value: readonly string[] | null) => void
}

/** The files of a field. They travel while the form is filled in; saving the record makes them its own. */
export function FilesInput({ id, object, field, value, names, describedBy, onChange }: FilesInputProps) {
  const t = useWords(fileWords)
  const label = useLabel()
  const [arrived, setArrived] = useState<Readonly<Record<string, string>>>({})
  const isSingle = field.single === true
  const imagesOnly = field.imagesOnly === true
  // Several may arrive before the form shows the first of them.
  const held = useRef(value)
  useEffect(() => void (held.current = value))
  const set = (next: readonly string[]) => {
    held.current = next
    onChange(next.length > 0 ? next : null)
  }
  const { underway, add, dismiss } = useUploads(valueAddress(object, field.key), (file) => {
    setArrived((before) => ({ ...before, [file.id]: file.name }))
    set(isSingle ? [file.id] : [...held.current, file.id])
  })
  const take = (files: readonly File[]) => add(isSingle ? files.slice(0, 1) : files)
  const { isOver, drop } = useDrop(true, take)
  return (
    <div className="files-input" data-over={isOver} {...drop}>
      {value.length > 0 && (
        <ul className="file-tiles">
          {value.map((fileId) => {
            const name = arrived[fileId] ?? names[fileId] ?? ''
            return (
              <FileTile
                key={fileId}
                file={{ id: fileId, name }}
                hasPreview={hasPreview(name)}
                onOpen={undefined}
                actions={
                  <Button
                    type="text"
                    size="small"
                    icon={<CloseOutlined />}
                    aria-label={t('takeOut', { name })}
                    onClick={() => set(value.filter((other) => other !== fileId))}
                  />
                }
              />
            )
          })}
        </ul>
      )}
      <UploadList underway={underway} onDismiss={dismiss} />
      <FileButtons
        id={id}
        text={t(imagesOnly ? 'chooseImage' : 'choose')}
        purpose={label(field.label)}
        isSingle={isSingle}
        imagesOnly={imagesOnly}
        describedBy={describedBy}
        onChosen={take}
      />
    </div>
  )
}

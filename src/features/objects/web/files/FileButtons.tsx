import { useRef } from 'react'
import { CameraOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { acceptedEndings } from '#engine/files/file-kinds.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import { fileWords } from './words.ts'

interface FileButtonsProps {
  readonly id?: string
  readonly text: string
  /** What the files are for, where a label stands beside it. */
  readonly purpose?: string
  readonly isSingle?: boolean
  readonly imagesOnly?: boolean
  readonly describedBy?: string | undefined
  readonly onChosen: (files: readonly File[]) => void
}

/** Files by choice; on a phone by its camera too. */
export function FileButtons({
  id,
  text,
  purpose,
  isSingle = false,
  imagesOnly = false,
  describedBy,
  onChosen,
}: FileButtonsProps) {
  const t = useWords(fileWords)
  const isPhone = useIsPhone()
  const files = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const take = (input: HTMLInputElement) => {
    onChosen([...(input.files ?? [])])
    // The same file may be chosen again.
    input.value = ''
  }
  return (
    <span className="file-buttons">
      <Button
        {...(id ? { id } : {})}
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
        {...(purpose ? { 'aria-label': `${purpose} ${text}` } : {})}
        icon={<PaperClipOutlined />}
        onClick={() => files.current?.click()}
      >
        {text}
      </Button>
      <input
        ref={files}
        type="file"
        hidden
        multiple={!isSingle}
        accept={acceptedEndings(imagesOnly)}
        onChange={(event) => take(event.target)}
      />
      {isPhone && (
        <>
          <Button icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
            {t('photo')}
          </Button>
          <input
            ref={camera}
            type="file"
            hidden
            accept="image/*"
            capture="environment"
            onChange={(event) => take(event.target)}
          />
        </>
      )}
    </span>
  )
}

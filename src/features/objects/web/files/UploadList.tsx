import { CloseOutlined } from '@ant-design/icons'
import { Alert, Button, Progress } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { FileOnItsWay } from './use-files.ts'
import { fileWords } from './words.ts'

interface UploadListProps {
  readonly underway: readonly FileOnItsWay[]
  readonly onDismiss: (key: string) => void
}

/** Files on their way, and those that did not arrive. */
export function UploadList({ underway, onDismiss }: UploadListProps) {
  const t = useWords(fileWords)
  if (underway.length === 0) return null
  return (
    <ul className="file-uploads">
      {underway.map(({ key, name, share, why, stop }) => (
        <li key={key}>
          {why === undefined ? (
            <div className="file-upload" role="status" aria-label={t('uploading', { name })}>
              <span className="ellipsis">{name}</span>
              <Progress percent={Math.round(share * 100)} size="small" />
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('stop', { name })}
                onClick={stop}
              />
            </div>
          ) : (
            <Alert
              type="error"
              title={t('failed', { name, why })}
              closable={{ 'aria-label': t('dismiss'), onClose: () => onDismiss(key) }}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

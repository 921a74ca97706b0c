import { Alert, Button } from 'antd'
import type { ReadyView } from '#engine/transfer/opened-file.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { importWords } from './words.ts'

interface ReadyMappingsProps {
  readonly ready: readonly ReadyView[]
  readonly onTake: (ready: ReadyView) => void
}

/** A file that another product wrote is recognised: how its columns are meant is known. */
export function ReadyMappings({ ready, onTake }: ReadyMappingsProps) {
  const t = useWords(importWords)
  const label = useLabel()
  return ready.map((one) => (
    <Alert
      key={`${one.mapping.object} ${one.source.en}`}
      type="success"
      showIcon
      className="import-ready"
      title={t('ready', { source: label(one.source), kind: label(one.kind) })}
      action={
        <Button type="primary" size="small" onClick={() => onTake(one)}>
          {t('takeReady')}
        </Button>
      }
    />
  ))
}

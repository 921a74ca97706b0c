import { useState } from 'react'
import { App, Button, Input, Modal } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { useDuplicateActs } from './use-duplicates.ts'
import { duplicateWords } from './words.ts'

interface ProtectButtonProps {
  readonly object: string
  readonly id: string
  readonly title: string
  readonly isProtected: boolean
}

/** Protects a record from being merged away, with a reason, or takes the protection away. */
export function ProtectButton({ object, id, title, isProtected }: ProtectButtonProps) {
  const t = useWords(duplicateWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const { protect } = useDuplicateActs()
  const [reason, setReason] = useState<string>()
  const carryOut = async (next: string | null) => {
    try {
      await protect(object, id, next)
      setReason(undefined)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <>
      <Button size="small" type="text" onClick={() => (isProtected ? void carryOut(null) : setReason(''))}>
        {t(isProtected ? 'release' : 'protect')}
      </Button>
      <Modal
        open={reason !== undefined}
        title={t('protectTitle', { title })}
        okText={t('protect')}
        cancelText={k('cancel')}
        okButtonProps={{ disabled: !reason?.trim() }}
        onOk={() => carryOut(reason?.trim() ?? '')}
        onCancel={() => setReason(undefined)}
      >
        <label className="duplicates-field">
          {t('reason')}
          <Input value={reason ?? ''} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        </label>
      </Modal>
    </>
  )
}

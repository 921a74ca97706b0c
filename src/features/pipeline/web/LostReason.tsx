import { useState } from 'react'
import { Button, Input, Modal } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { pipelineWords } from './words.ts'

interface LostReasonProps {
  readonly onChoose: (reason: string) => void
  readonly onCancel: () => void
}

const offered = ['price', 'competitor', 'noBudget', 'noNeed', 'timing', 'noContact'] as const

/** Why a deal was lost, in one tap. */
export function LostReason({ onChoose, onCancel }: LostReasonProps) {
  const t = useWords(pipelineWords)
  const k = useWords(kitWords)
  const [other, setOther] = useState('')
  return (
    <Modal open title={t('lostTitle')} footer={null} onCancel={onCancel} closable={{ 'aria-label': k('close') }}>
      <p className="muted">{t('lostHint')}</p>
      <div className="lost-reasons">
        {offered.map((reason) => (
          <Button key={reason} size="large" onClick={() => onChoose(t(reason))}>
            {t(reason)}
          </Button>
        ))}
      </div>
      <Input.Search
        className="lost-other"
        aria-label={t('otherReason')}
        placeholder={t('otherReason')}
        enterButton={k('save')}
        maxLength={200}
        value={other}
        onChange={(event) => setOther(event.target.value)}
        onSearch={(text) => text.trim() && onChoose(text.trim())}
      />
    </Modal>
  )
}

import { Button, Input, Modal, Tooltip } from 'antd'
import { useState } from 'react'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { PathAct, PlanPathSteps } from './use-plan-path.ts'
import { pathWords } from './path-words.ts'

interface PathStepsProps {
  readonly steps: PlanPathSteps
  readonly isDirty: boolean
}

/** The steps that take the plan forward on its path. */
export function PathSteps({ steps, isDirty }: PathStepsProps) {
  const t = useWords(pathWords)
  const { asking } = steps
  return (
    <>
      {steps.forward.map((act) => (
        <Tooltip key={act} title={isDirty ? t('saveFirst') : ''}>
          <Button
            type={act === 'publish' || act === 'approve' || act === 'submit' ? 'primary' : 'default'}
            disabled={isDirty}
            loading={steps.isMoving}
            onClick={() => steps.take(act)}
          >
            {t(act)}
          </Button>
        </Tooltip>
      ))}
      {asking && <CommentDialog act={asking} steps={steps} />}
    </>
  )
}

function CommentDialog({ act, steps }: { readonly act: PathAct; readonly steps: PlanPathSteps }) {
  const t = useWords(pathWords)
  const k = useWords(kitWords)
  const [comment, setComment] = useState('')
  const isReady = comment.trim() !== ''
  const send = () => void steps.step(act, comment.trim())
  return (
    <Modal
      open
      title={t(act)}
      okText={t(act)}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: !isReady, loading: steps.isMoving }}
      onOk={send}
      onCancel={steps.stopAsking}
      closable={{ 'aria-label': k('close') }}
    >
      {act === 'lock' && <p>{t('lockHint')}</p>}
      {act === 'reopen' && <p>{t('reopenHint')}</p>}
      <Input
        autoFocus
        aria-label={t('comment')}
        placeholder={t('comment')}
        maxLength={500}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        onPressEnter={() => isReady && send()}
      />
    </Modal>
  )
}

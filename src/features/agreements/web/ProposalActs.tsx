import { useState } from 'react'
import { App, Button, Input, Modal, Tag } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ProposalRow } from '../contract.ts'
import { useAgreementActs } from './use-agreements.ts'
import { agreementWords } from './words.ts'

interface ProposalActsProps {
  readonly planId: string
  readonly row: ProposalRow
  /** It is the number of whoever looks. */
  readonly isOwn: boolean
  readonly onAdjust: () => void
}

/** What may be done with a row: propose or adjust its number, hand the unit up, send it back with a word. */
export function ProposalActs({ planId, row, isOwn, onAdjust }: ProposalActsProps) {
  const t = useWords(agreementWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const [comment, setComment] = useState<string>()
  const acts = useAgreementActs()
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <span className="row-acts">
      {row.submission && <Tag>{t(row.submission.state === 'submitted' ? 'submitted' : 'sentBack')}</Tag>}
      {row.can.propose && (
        <Button size="small" onClick={onAdjust}>
          {t(isOwn ? 'propose' : 'adjust')}
        </Button>
      )}
      {row.can.submit && (
        <Button
          size="small"
          type="primary"
          disabled={row.bottomUp === null}
          onClick={() => void attempt(() => acts.submitUnit.mutateAsync({ planId, unit: row.node }))}
        >
          {t('submitUnit')}
        </Button>
      )}
      {row.can.submit && row.bottomUp === null && <span className="muted">{t('nothingToSubmit')}</span>}
      {row.can.sendBack && (
        <Button size="small" onClick={() => setComment('')}>
          {t('sendBack')}
        </Button>
      )}
      {comment !== undefined && (
        <Modal
          open
          title={t('sendBackWhy', { name: row.name })}
          okText={t('sendBack')}
          cancelText={k('cancel')}
          okButtonProps={{ disabled: comment.trim() === '' }}
          confirmLoading={acts.sendBack.isPending}
          onOk={() =>
            void attempt(async () => {
              await acts.sendBack.mutateAsync({ planId, unit: row.node, comment: comment.trim() })
              setComment(undefined)
            })
          }
          onCancel={() => setComment(undefined)}
          closable={{ 'aria-label': k('close') }}
        >
          <Input.TextArea
            rows={2}
            aria-label={t('comment')}
            maxLength={500}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </Modal>
      )}
    </span>
  )
}

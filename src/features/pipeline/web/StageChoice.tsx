import { CheckOutlined } from '@ant-design/icons'
import { Button, Drawer, Modal } from 'antd'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { Stage } from './use-board.ts'
import { pipelineWords } from './words.ts'

interface StageChoiceProps {
  /** Name of the deal that moves. */
  readonly name: string
  readonly stages: readonly Stage[]
  /** Where it stands. */
  readonly from: Stage
  readonly onChoose: (to: Stage) => void
  readonly onCancel: () => void
}

/** Where to with a deal: a sheet under the thumb on a phone, a dialog on a desk. */
export function StageChoice({ name, stages, from, onChoose, onCancel }: StageChoiceProps) {
  const t = useWords(pipelineWords)
  const k = useWords(kitWords)
  const isPhone = useIsPhone()
  const choices = (
    <div className="stage-choices">
      {stages.map((stage) => (
        <Button
          key={stage.id}
          block
          size="large"
          className="stage-choice"
          data-kind={stage.kind}
          disabled={stage.id === from.id}
          autoFocus={stage.id === stages.find(({ id }) => id !== from.id)?.id}
          onClick={() => onChoose(stage)}
        >
          <span className="ellipsis">{stage.name}</span>
          {stage.id === from.id && <CheckOutlined aria-label={t('here')} />}
        </Button>
      ))}
    </div>
  )
  const shared = {
    open: true,
    title: <span className="stage-choice-title">{t('moveTo', { name })}</span>,
    closable: { 'aria-label': k('close') },
  }
  return isPhone ? (
    <Drawer {...shared} placement="bottom" size="auto" onClose={onCancel}>
      {choices}
    </Drawer>
  ) : (
    <Modal {...shared} width={400} footer={null} onCancel={onCancel}>
      {choices}
    </Modal>
  )
}

import { Suspense, useState, type KeyboardEvent } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { App, Button, Segmented } from 'antd'
import { BoardSwitch, RecordForm, textOf, useObject, type RecordRow } from '#features/objects/web/index.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { ListPage } from '#web/kit/PageShape.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress, useGo } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { moveHelpId } from './DealCard.tsx'
import { LostReason } from './LostReason.tsx'
import { StageColumn, type Lifted } from './StageColumn.tsx'
import { useMoveDeal, useStages, useStageTotals, type Move, type Stage } from './use-board.ts'
import { pipelineWords } from './words.ts'
import './pipeline.css'

/** Deals by stage: moved by pointer or keyboard, with sums, and the reason of a loss in one tap. */
export function PipelineBoard() {
  const t = useWords(pipelineWords)
  const label = useLabel()
  const { message } = App.useApp()
  const me = useMe()
  const isPhone = useIsPhone()
  const go = useGo()
  const change = useChangeAddress()
  const open = useOpenRecord()
  const address = useAddress()
  const { node, period } = useWhoAndWhen()
  const isMine =
    address['mine'] === '1' ||
    (address['mine'] === undefined && node === undefined && me.person.role === 'representative')
  const whose = { isMine, node, period: { from: period.from, to: period.to } }
  const object = useObject('opportunity')
  const { stages, isPending, error } = useStages()
  const totals = useStageTotals(whose)
  const move = useMoveDeal(whose)
  const [lifted, setLifted] = useState<Lifted>()
  const [losing, setLosing] = useState<Move>()
  const [said, setSaid] = useState('')
  const [isNew, setNew] = useState(false)
  const [shownStage, setShownStage] = useState<string>()

  const carryOut = async (wanted: Move) => {
    try {
      await move.mutateAsync(wanted)
      setSaid(t('dropped', { name: textOf(wanted.deal, 'name'), stage: wanted.to.name }))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const drop = (from: Lifted | undefined, to: Stage) => {
    setLifted(undefined)
    if (!from || from.from.id === to.id) return
    const wanted = { deal: from.deal, from: from.from, to }
    if (to.kind === 'lost') setLosing(wanted)
    else void carryOut(wanted)
  }
  const onKey = (event: KeyboardEvent, deal: RecordRow, stage: Stage) => {
    if (!object?.can.update) return
    const held = lifted?.deal.id === deal.id ? lifted : undefined
    if (event.key === ' ') {
      event.preventDefault()
      if (held) drop(held, held.over)
      else {
        setLifted({ deal, from: stage, over: stage, byKeyboard: true })
        setSaid(t('lifted', { name: textOf(deal, 'name'), stage: stage.name }))
      }
    } else if (held && event.key === 'Escape') {
      setLifted(undefined)
      setSaid(t('cancelled', { stage: held.from.name }))
    } else if (held && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault()
      const at = stages.findIndex((other) => other.id === held.over.id) + (event.key === 'ArrowRight' ? 1 : -1)
      const over = stages[at]
      if (over) {
        setLifted({ ...held, over })
        setSaid(t('over', { stage: over.name }))
      }
    }
  }

  if (isPending) return <LoadingState rows={10} />
  if (error) return <ErrorState problem={error} />
  if (stages.length === 0) return <EmptyState title={t('noStages')} />
  const groups = new Map(totals.data?.groups?.map((group) => [group.value, group]) ?? [])
  const shown = isPhone ? stages.filter((stage) => stage.id === (shownStage ?? stages[0]?.id)) : stages
  return (
    <ListPage
      title={t('title')}
      note={t('closedIn', { period: label(period.label) })}
      actions={
        <>
          <Suspense fallback={null}>
            <BoardSwitch shown="board" onBoard={() => undefined} onList={() => go('/records/opportunity')} />
          </Suspense>
          <Segmented<string>
            aria-label={t('whose')}
            value={isMine ? '1' : '0'}
            options={[
              { value: '1', label: t('mine') },
              { value: '0', label: t('everyone') },
            ]}
            onChange={(mine) => change({ mine })}
          />
          {object?.can.create && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
              {t('newDeal')}
            </Button>
          )}
        </>
      }
      bar={
        isPhone ? (
          <div className="stage-tabs">
            <Segmented<string>
              aria-label={t('stages')}
              value={shown[0]?.id ?? ''}
              options={stages.map((stage) => ({
                value: stage.id,
                label: `${stage.name} ${groups.get(stage.id)?.count ?? 0}`,
              }))}
              onChange={setShownStage}
            />
          </div>
        ) : undefined
      }
    >
      <div className="board" role="group" aria-label={t('board')}>
        {shown.map((stage) => (
          <StageColumn
            key={stage.id}
            stage={stage}
            whose={whose}
            closedIn={label(period.label)}
            count={groups.get(stage.id)?.count ?? 0}
            sum={groups.get(stage.id)?.sums['amount']}
            lifted={lifted}
            isMovable={object?.can.update ?? false}
            onOpen={(deal) => open('opportunity', deal.id)}
            onLift={(deal) => setLifted({ deal, from: stage, over: stage, byKeyboard: false })}
            onLetGo={() => setLifted(undefined)}
            onDrop={() => drop(lifted, stage)}
            onKey={(event, deal) => onKey(event, deal, stage)}
          />
        ))}
      </div>
      <p id={moveHelpId} className="visually-hidden">
        {t('card')}
      </p>
      <div aria-live="assertive" className="visually-hidden">
        {said}
      </div>
      {losing && (
        <LostReason
          onCancel={() => setLosing(undefined)}
          onChoose={(lostReason) => {
            setLosing(undefined)
            void carryOut({ ...losing, lostReason })
          }}
        />
      )}
      {isNew && object && (
        <Suspense fallback={null}>
          <RecordForm
            object={object}
            first={{ stage: stages[0]?.id ?? null }}
            firstNames={{ stage: stages[0]?.name ?? '' }}
            onClose={() => setNew(false)}
          />
        </Suspense>
      )}
    </ListPage>
  )
}

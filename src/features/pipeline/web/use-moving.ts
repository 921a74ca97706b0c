import { useState, type KeyboardEvent } from 'react'
import { App } from 'antd'
import {
  fieldOf,
  textOf,
  useConflicts,
  useDoubts,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import { focusNeighbour, showStage } from './focus-card.ts'
import { changesOf, useMoveDeal, type Move, type Stage, type Whose } from './use-board.ts'
import { pipelineWords } from './words.ts'

/** A deal in the hand: by pointer, or by keyboard over another stage. */
export interface Lifted {
  readonly deal: RecordRow
  readonly from: Stage
  readonly over: Stage
  readonly byKeyboard: boolean
}

interface Standing {
  readonly deal: RecordRow
  readonly from: Stage
}

/** Whether the person may send deals to other stages, as far as the role decides. */
export function isStageSet(object: ScreenObject | undefined): boolean {
  return object !== undefined && Boolean(object.can.update) && fieldOf(object, 'stage')?.readOnly !== true
}

/** How deals get from stage to stage: dragged, lifted by keyboard, or sent by a choice of stages. All end in one act. */
export function useMoving(whose: Whose, stages: readonly Stage[], object: ScreenObject | undefined) {
  const t = useWords(pipelineWords)
  const { message } = App.useApp()
  const isPhone = useIsPhone()
  const move = useMoveDeal(whose)
  const isMovable = isStageSet(object)
  const conflicts = useConflicts(object)
  const doubts = useDoubts('opportunity')
  const [lifted, setLifted] = useState<Lifted>()
  const [choosing, setChoosing] = useState<Standing>()
  const [losing, setLosing] = useState<Move>()
  const [arriving, setArriving] = useState<string>()
  const [said, setSaid] = useState('')

  const carryOut = async (wanted: Move): Promise<void> => {
    setArriving(isPhone ? undefined : wanted.deal.id)
    try {
      await move.mutateAsync(wanted)
      const done = t('dropped', { name: textOf(wanted.deal, 'name'), stage: wanted.to.name })
      setSaid(done)
      // One stage fills the phone: where the deal went is not seen.
      if (isPhone) void message.success(done)
    } catch (problem) {
      const answer = wanted.confirmed ? undefined : await doubts.meant(problem)
      if (answer === 'yes') await carryOut({ ...wanted, confirmed: true })
      else if (answer === undefined && !conflicts.clash(problem, wanted.deal, changesOf(wanted))) {
        void message.error(problemText(problem))
      }
    }
  }
  const send = ({ deal, from }: Standing, to: Stage) => {
    setLifted(undefined)
    setChoosing(undefined)
    if (from.id === to.id) return
    if (to.kind === 'lost') setLosing({ deal, from, to })
    else void carryOut({ deal, from, to })
  }
  const lift = (deal: RecordRow, from: Stage, byKeyboard: boolean) => {
    setLifted({ deal, from, over: from, byKeyboard })
    if (byKeyboard) setSaid(t('lifted', { name: textOf(deal, 'name'), stage: from.name }))
  }
  const carryOver = (held: Lifted, by: 1 | -1) => {
    const over = stages[stages.findIndex((other) => other.id === held.over.id) + by]
    if (!over) return
    setLifted({ ...held, over })
    setSaid(t('over', { stage: over.name }))
    showStage(over.id)
  }
  const onKey = (event: KeyboardEvent<HTMLElement>, deal: RecordRow, stage: Stage) => {
    const held = lifted?.deal.id === deal.id ? lifted : undefined
    if (event.key === ' ' && isMovable && deal['isReadOnly'] !== true) {
      if (held) send(held, held.over)
      else lift(deal, stage, true)
    } else if (held && event.key === 'Escape') {
      setLifted(undefined)
      setSaid(t('cancelled', { stage: held.from.name }))
    } else if (held && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      carryOver(held, event.key === 'ArrowRight' ? 1 : -1)
    } else if (held || !focusNeighbour(event.currentTarget, event.key)) return
    event.preventDefault()
  }
  return {
    lifted,
    choosing,
    losing,
    arriving,
    said,
    onKey,
    lift,
    letGo: () => setLifted(undefined),
    drop: (to: Stage) => lifted && send(lifted, to),
    /** Asks for the stage. */
    choose: (deal: RecordRow, from: Stage) => setChoosing({ deal, from }),
    chooseNone: () => setChoosing(undefined),
    send,
    lose: (lostReason: string) => {
      setLosing(undefined)
      if (losing) void carryOut({ ...losing, lostReason })
    },
    keep: () => setLosing(undefined),
    dialog: conflicts.dialog ?? doubts.dialog,
  }
}

import { useCallback } from 'react'
import { useWords } from '#web/words/use-words.ts'
import type { DrawnDraft } from '../contract.ts'
import type { DraftStep } from '../draft-step.ts'
import { reorganisationWords } from './words.ts'

/** A step in words. */
export function useStepText({ before, after, people, draft }: DrawnDraft): (step: DraftStep) => string {
  const t = useWords(reorganisationWords)
  return useCallback(
    (step) => {
      const made = draft.steps.find(
        (one) => (one.kind === 'split' || one.kind === 'create') && one.newId === idOf(step),
      )
      const unitOf = (id: string) =>
        [...before, ...after].find((unit) => unit.id === id)?.name ?? (made && 'name' in made ? made.name : '—')
      const named = (ids: readonly string[]) => ids.map((id) => people[id]?.name ?? '—').join('、')
      switch (step.kind) {
        case 'move':
          return t('say_move', { unit: unitOf(step.unitId), other: unitOf(step.parentId) })
        case 'split':
          return t('say_split', { unit: unitOf(step.unitId), name: step.name, people: named(step.personIds) })
        case 'merge':
          return t('say_merge', { unit: unitOf(step.unitId), other: unitOf(step.intoId) })
        case 'close':
          return t('say_close', { unit: unitOf(step.unitId) })
        case 'create':
          return t('say_create', { name: step.name, other: unitOf(step.parentId) })
        case 'rename':
          return t('say_rename', { unit: unitOf(step.unitId), name: step.name })
        case 'people':
          return t('say_people', { unit: unitOf(step.unitId), people: named(step.personIds) })
        case 'assign':
          return t('say_assign', { unit: unitOf(step.unitId), people: named([step.personId]), share: step.share })
        case 'head':
          return t('say_head', {
            unit: unitOf(step.unitId),
            people: step.headId === null ? t('nobody') : named([step.headId]),
          })
      }
    },
    [t, before, after, people, draft.steps],
  )
}

const idOf = (step: DraftStep): string => ('unitId' in step ? step.unitId : step.newId)

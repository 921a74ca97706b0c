import { useRoles } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ScreenObject } from '../use-objects.ts'
import { usePeopleNames, useUnits } from '../use-people.ts'
import { objectWords } from '../words.ts'
import type { HistoryEntry } from './use-trace.ts'

/** What an entry says about a share of the record, or a look at what is masked; undefined: it says something else. */
export function useSharedWords(object: ScreenObject, { action, before, after }: HistoryEntry): string | undefined {
  const t = useWords(objectWords)
  const label = useLabel()
  const people = usePeopleNames()
  const units = useUnits()
  const { nameOf } = useRoles()
  if (action === 'revealed') {
    const field = object.fields.find(({ key }) => key === after?.['field'])
    const name = field ? label(field.label) : t('aField')
    const reason = after?.['reason']
    return typeof reason === 'string'
      ? t('actionRevealWhy', { field: name, reason })
      : t('actionReveal', { field: name })
  }
  if (action !== 'shared' && action !== 'unshared') return undefined
  const { kind, id, level } = shareIn((action === 'shared' ? after : before)?.['share'])
  const unit = units.find((one) => one.id === id)?.name
  const found = { person: people.get(id), unit, below: unit && t('below', { name: unit }), role: nameOf(id) }[kind]
  const name = found ?? t('somebody')
  if (action === 'unshared') return t('actionUnshare', { name })
  return t('actionShare', { name, level: t(level === 'write' ? 'levelWrite' : 'levelRead') })
}

const kinds = ['person', 'unit', 'below', 'role'] as const

interface Shared {
  readonly kind: (typeof kinds)[number]
  readonly id: string
  readonly level: unknown
}

/** A share as the server writes it into the history. */
function shareIn(value: unknown): Shared {
  const { to, level } = entriesIn(value)
  const { kind, id } = entriesIn(to)
  return { kind: kinds.find((one) => one === kind) ?? 'person', id: typeof id === 'string' ? id : '', level }
}

function entriesIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

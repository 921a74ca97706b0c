import { useRoles } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { orgWords } from './org-words.ts'

interface UnassignedProps {
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly role: string
    readonly isActive: boolean
  }[]
  readonly text: string
  readonly onPerson: (id: string) => void
}

/** People who stand in no unit on the day: their results count nowhere but in the company's sum. */
export function Unassigned({ people, text, onPerson }: UnassignedProps) {
  const t = useWords(orgWords)
  const { nameOf } = useRoles()
  const shown = people.filter((person) => person.name.toLowerCase().includes(text.trim().toLowerCase()))
  if (shown.length === 0) return null
  const isSearching = text.trim() !== ''
  return (
    <details className="org-unassigned" open={isSearching || shown.some((person) => person.isActive)}>
      <summary>
        {t('unassigned')} <span className="muted num">{shown.length}</span>
      </summary>
      <ul>
        {shown.map((person) => (
          <li key={person.id}>
            <button type="button" className="plain-button" onClick={() => onPerson(person.id)}>
              {person.name}
            </button>
            <span className="muted">{nameOf(person.role)}</span>
            {!person.isActive && <span className="org-mark">{t('inactive')}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

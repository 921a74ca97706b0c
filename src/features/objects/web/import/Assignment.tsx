import { Select } from 'antd'
import type { TargetView } from '#engine/transfer/target-view.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { useWords } from '#web/words/use-words.ts'
import { usePeople } from '../use-people.ts'
import { writtenNames } from './draft.ts'
import { importWords } from './words.ts'

interface AssignmentProps {
  readonly target: TargetView
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
}

const unitMark = 'unit '

/** To whom new records without an owner go: one person, or several in turn; a team stands for its people. */
export function Assignment({ target, mapping, onChange }: AssignmentProps) {
  const t = useWords(importWords)
  const people = usePeople()
  if (!target.fields.some((field) => field.type === 'owner')) return null
  const names = writtenNames(people)
  const units = [...new Set(people.map((person) => person.unit).filter((unit) => unit !== ''))]
  const membersOf = (unit: string) => people.filter((person) => person.unit === unit)
  const choose = (chosen: readonly string[]) => {
    const owners = chosen.flatMap((one) =>
      one.startsWith(unitMark)
        ? membersOf(one.slice(unitMark.length)).map((person) => names.get(person.id) ?? person.id)
        : [one],
    )
    onChange({ ...mapping, owners: [...new Set(owners)] })
  }
  return (
    <section className="import-others">
      <h2>{t('assign')}</h2>
      <p className="muted">{t('assignHint')}</p>
      <Select
        mode="multiple"
        className="import-owners"
        aria-label={t('assign')}
        placeholder={t('assignNobody')}
        value={[...mapping.owners]}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          {
            label: t('assignTeams'),
            options: units.map((unit) => ({
              value: unitMark + unit,
              label: t('assignTeam', { name: unit, n: membersOf(unit).length }),
            })),
          },
          {
            label: t('assignPeople'),
            options: people.map((person) => ({
              value: names.get(person.id) ?? person.id,
              label: person.unit ? `${person.name} · ${person.unit}` : person.name,
            })),
          },
        ]}
        onChange={choose}
      />
    </section>
  )
}

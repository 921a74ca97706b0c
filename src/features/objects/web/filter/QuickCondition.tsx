import { useMemo, useState } from 'react'
import { Button } from 'antd'
import { fieldAt } from '#engine/query/check.ts'
import type { Condition } from '#engine/query/filter.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ScreenObject } from '../use-objects.ts'
import { useBuilder } from './builder-context.ts'
import { Comparison, settled } from './ConditionRow.tsx'
import { draftOf, filterOfDraft, newCondition, type DraftCondition } from './draft.ts'
import { toObjectType } from './use-catalogue.ts'
import { filterWords } from './words.ts'
import './filter.css'

interface QuickConditionProps {
  readonly object: ScreenObject
  readonly condition: Partial<Condition> & Pick<Condition, 'field'>
  readonly onApply: (condition: Condition) => void
}

/** One condition on one field, beside its chip. */
export function QuickCondition({ object, condition, onApply }: QuickConditionProps) {
  const t = useWords(filterWords)
  const label = useLabel()
  const { catalogue } = useBuilder()
  const type = useMemo(() => toObjectType(object), [object])
  const [draft, setDraft] = useState<DraftCondition>({ ...newCondition(), ...condition })
  const field = fieldAt(condition.field, type, catalogue)
  if (!field) return null
  const shown = settled(draft, field)
  const filter = filterOfDraft({ ...draftOf(undefined), parts: [shown] }, type, catalogue)
  const finished = filter && 'field' in filter && !('children' in filter) ? filter : undefined
  return (
    <form
      className="quick-condition"
      aria-label={label(field.label)}
      onSubmit={(event) => {
        event.preventDefault()
        if (finished) onApply(finished)
      }}
    >
      <Comparison object={type} condition={shown} field={field} onChange={setDraft} />
      <Button type="primary" htmlType="submit" disabled={!finished}>
        {t('apply')}
      </Button>
    </form>
  )
}

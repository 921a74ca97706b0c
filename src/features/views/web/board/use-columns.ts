import { titleOf, useObject, useRecordQuery, type ScreenField } from '#features/objects/web/index.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'

/** A column of a board: records with this value of its field, null where it is empty. */
export interface BoardColumn {
  readonly value: string | null
  readonly name: string
  readonly color?: string | undefined
}

/** More columns than this are no board. */
export const mostColumns = 20

/** The columns that a field makes: its choices, yes and no, or the few records that it can refer to. */
export function useColumns(field: ScreenField | undefined) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const target = useObject(field?.type === 'reference' ? (field.to ?? '') : '')
  const named = target ? [target.title, ...(target.titleEn ? [target.titleEn] : [])] : []
  const sort = target?.defaultSort
  const referred = useRecordQuery(
    target?.key ?? '',
    { sort, fields: named, limit: mostColumns + 1 },
    target !== undefined,
  )
  const columns = ((): readonly BoardColumn[] => {
    if (!field) return []
    if (field.type === 'yes_no') {
      return [
        { value: 'true', name: k('yes') },
        { value: 'false', name: k('no') },
      ]
    }
    if (target)
      return (referred.data?.rows ?? []).map((row) => ({ value: row.id, name: titleOf(target, row, language) }))
    return (field.choices ?? []).map((choice) => ({
      value: choice.key,
      name: label(choice.label),
      color: choice.color,
    }))
  })()
  const none: BoardColumn = { value: null, name: field ? t('noValue', { field: label(field.label) }) : '' }
  return {
    columns: field?.required ? columns : [...columns, none],
    isPending: target !== undefined && referred.isPending,
    error: referred.error,
    isTooMany: columns.length > mostColumns,
  }
}

import type { Dispatch, SetStateAction } from 'react'
import type { MenuProps } from 'antd'
import { isNumber, isSortable, type Measure, type ScreenObject } from '#features/objects/web/index.tsx'
import type { Aggregate } from '#engine/query/filter.ts'
import { useWords } from '#web/words/use-words.ts'
import { changeColumn, moveColumn, type Column, type ColumnChoice } from '../columns.ts'
import { nextSort } from '../next-sort.ts'
import type { ShownView } from '../use-views.ts'
import { groupingOf, isGroupable } from '../whole-filter.ts'
import { aggregateWord, viewWords } from '../words.ts'
import type { ColumnActs } from './GridHead.tsx'

interface Parts {
  readonly object: ScreenObject
  readonly shown: ShownView
  readonly choices: readonly ColumnChoice[]
  readonly columns: readonly Column[]
  readonly measures: readonly Measure[]
  /** Widths while an edge is dragged, before they are part of the view. */
  readonly setWidths: Dispatch<SetStateAction<Readonly<Record<string, number>>>>
}

const ofNumbers: readonly Aggregate[] = ['sum', 'avg', 'min', 'max', 'count']
const ofDates: readonly Aggregate[] = ['min', 'max', 'count']

/** Everything that is done with a column from its head, written into the view. */
export function useColumnActs({ object, shown, choices, columns, measures, setWidths }: Parts): ColumnActs {
  const t = useWords(viewWords)
  const { definition } = shown.state
  const setColumns = (next: readonly ColumnChoice[]) => shown.change({ columns: [...next] }, true)
  const menu = (column: Column): NonNullable<MenuProps['items']> => {
    const { field } = column
    const { key } = field
    const place = columns.findIndex((one) => one.field.key === key)
    const sortBy = (descending: boolean) => shown.change({ sort: [{ field: key, descending }] })
    const grouped = definition.group ?? []
    const offered = isNumber(field) ? ofNumbers : field.type === 'date' ? ofDates : (['count'] as const)
    const measure = measures.find((one) => one.field === key)
    const setMeasure = (aggregate: Aggregate | undefined) =>
      shown.change({
        summary: [...measures.filter((one) => one.field !== key), ...(aggregate ? [{ field: key, aggregate }] : [])],
      })
    return [
      ...(isSortable(field)
        ? [
            { key: 'up', label: t('sortUp'), onClick: () => sortBy(false) },
            { key: 'down', label: t('sortDown'), onClick: () => sortBy(true) },
            { type: 'divider' as const },
          ]
        : []),
      ...(isGroupable(field, object) && !grouped.some((one) => one.field === key)
        ? [
            {
              key: 'group',
              label: t(grouped.length === 1 ? 'groupThen' : 'groupBy'),
              onClick: () => shown.change({ group: [...grouped.slice(0, 1), groupingOf(field)] }),
            },
          ]
        : []),
      ...(field.type === 'credits'
        ? []
        : [
            {
              key: 'figure',
              label: t('figure'),
              children: [
                ...offered.map((aggregate) => ({
                  key: `figure-${aggregate}`,
                  label: `${measure?.aggregate === aggregate ? '✓ ' : ''}${t(aggregateWord[aggregate])}`,
                  onClick: () => setMeasure(aggregate),
                })),
                { key: 'figure-none', label: t('figureNone'), onClick: () => setMeasure(undefined) },
              ],
            },
          ]),
      { type: 'divider' as const },
      {
        key: 'pin',
        label: t(column.isPinned ? 'unpin' : 'pin'),
        onClick: () => setColumns(changeColumn(choices, key, { pinned: !column.isPinned })),
      },
      { key: 'left', label: t('moveLeft'), onClick: () => setColumns(moveColumn(choices, key, place - 1)) },
      { key: 'right', label: t('moveRight'), onClick: () => setColumns(moveColumn(choices, key, place + 1)) },
      {
        key: 'width',
        label: t('usualWidth'),
        onClick: () => setColumns(changeColumn(choices, key, { width: undefined })),
      },
      {
        key: 'hide',
        label: t('hide'),
        disabled: choices.length < 2,
        onClick: () => setColumns(choices.filter((one) => one.field !== key)),
      },
    ]
  }
  return {
    menu,
    sort: (key, isAdded) => shown.change({ sort: [...nextSort(definition.sort ?? [], key, isAdded)] }),
    move: (key, to) => setColumns(moveColumn(choices, key, to)),
    resize: (key, width, isOver) => {
      setWidths((before) => {
        const { [key]: _gone, ...rest } = before
        return isOver ? rest : { ...rest, [key]: Math.max(60, Math.min(800, width)) }
      })
      if (isOver) setColumns(changeColumn(choices, key, { width }))
    },
  }
}

import { useMemo, useState, type ReactNode } from 'react'
import {
  ConflictDialog,
  fieldOf,
  useConflicts,
  useTotals,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { all, type Filter } from '#engine/query/filter.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { chosenColumns, columnsOf, measuresOf, type Column } from '../columns.ts'
import { useRows } from '../use-rows.ts'
import type { ShownView } from '../use-views.ts'
import { viewWords } from '../words.ts'
import { BulkBar } from '../bulk/BulkBar.tsx'
import { Cards } from './Cards.tsx'
import { ColumnFigure } from './ColumnFigure.tsx'
import type { GridItem, GroupItem } from './grid-item.ts'
import { KeysHelp } from './KeysHelp.tsx'
import { PasteDialog } from './PasteDialog.tsx'
import { RecordGrid, type Pasted } from './RecordGrid.tsx'
import { nothingSelected, type Selection } from './selection.ts'
import { useCellSave } from './use-cell-save.ts'
import { useColumnActs } from './use-column-acts.tsx'
import { useGroupName } from './use-group-name.ts'
import { useGroups } from './use-groups.ts'

interface ListViewProps {
  readonly object: ScreenObject
  readonly shown: ShownView
  /** View, search and org node together. */
  readonly filter: Filter | undefined
  readonly emptyAction?: ReactNode
}

const rowHeights = { comfortable: 40, compact: 30 } as const
const noGroups = [] as const

/** The records of an object: a grid on a desk, cards in the hand, gathered and summed as the view says. */
export function ListView({ object, shown, filter, emptyAction }: ListViewProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const me = useMe()
  const isPhone = useIsPhone()
  const open = useOpenRecord()
  const { definition } = shown.state
  const choices = useMemo(() => chosenColumns(definition, object), [definition, object])
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({})
  const columns = useMemo(
    () =>
      columnsOf(
        choices.map((one) => ({ ...one, ...(widths[one.field] ? { width: widths[one.field] } : {}) })),
        object,
      ),
    [choices, widths, object],
  )
  const measures = useMemo(() => measuresOf(definition, object), [definition, object])
  const group = definition.group ?? noGroups
  const isGrouped = group.length > 0 && !isPhone
  const fields = useMemo(() => fieldsNeeded(object, columns, isPhone), [object, columns, isPhone])
  const question = { filter, sort: definition.sort, fields }
  const list = useRows(object.key, question, !isGrouped)
  const totals = useTotals(object.key, { filter, measures })
  const groups = useGroups(object, { ...question, group: isGrouped ? group : noGroups, measures })
  const [selection, setSelection] = useState<Selection>(nothingSelected)
  const [pasted, setPasted] = useState<Pasted>()
  const [isHelp, setHelp] = useState(false)
  const cells = useCellSave(object)
  const { clashAll, dialog } = useConflicts(object)
  const groupName = useGroupName()
  const heads = useColumnActs({ object, shown, choices, columns, measures, setWidths })
  const items = useMemo(
    () => (isGrouped ? groups.items : list.rows.map((row): GridItem => ({ kind: 'row', key: row.id, row }))),
    [isGrouped, groups.items, list.rows],
  )

  const asked = isGrouped ? groups.totals : list.pages
  if (asked.isPending) return <LoadingState rows={10} />
  if (asked.isError) return <ErrorState problem={asked.error} onRetry={() => void asked.refetch()} />
  if (items.length === 0) {
    return filter ? (
      <EmptyState title={t('noMatchTitle')} text={t('noMatchText')} />
    ) : (
      <EmptyState
        title={t('emptyTitle', { object: label(object.label) })}
        text={t(object.can.import ? 'emptyText' : object.can.create ? 'emptyNew' : 'emptyWait')}
        action={emptyAction}
      />
    )
  }
  if (isPhone) return <Cards object={object} shown={shown} rows={list.rows} filter={filter} onNearEnd={list.more} />

  const openGroup = (key: string) => {
    const own = groups.filterOf(key)
    if (own) shown.change({ filter: definition.filter ? all(definition.filter, own) : own, group: undefined })
  }
  const figureOf = (figures: readonly (string | null)[], column: Column) => (
    <ColumnFigure column={column} measures={measures} figures={figures} currency={me.company.currency} />
  )
  const hasFigure = (column: Column) => measures.some((measure) => measure.field === column.field.key)
  const mayChange = object.can.update || object.can.delete
  return (
    <div className="list-frame" data-stale={asked.isPlaceholderData}>
      {mayChange && (
        <BulkBar
          object={object}
          filter={filter}
          selection={selection}
          matching={totals.data?.count}
          loaded={items.filter((item) => item.kind === 'row').length}
          onSelect={setSelection}
        />
      )}
      <RecordGrid
        object={object}
        label={label(object.labelOfMany)}
        items={items}
        columns={columns}
        rowHeight={rowHeights[definition.density ?? me.settings.density]}
        sort={definition.sort ?? object.defaultSort}
        heads={heads}
        {...(mayChange ? { selection, onSelect: setSelection } : {})}
        onOpen={(row) => open(object.key, row.id)}
        onSave={cells.write}
        onPaste={setPasted}
        onFold={groups.fold}
        onOpenGroup={openGroup}
        onHelp={() => setHelp(true)}
        onNearEnd={list.more}
        groupTitle={(item: GroupItem) => {
          const grouping = group[item.level]
          const field = grouping && fieldOf(object, grouping.field)
          return field ? groupName(field, grouping.by, item.group) : ''
        }}
        groupFigure={(item, column) => (hasFigure(column) ? figureOf(item.group.figures, column) : undefined)}
        foot={(column, at) =>
          at === 0 && totals.data ? (
            <span>{t('totalCount', { n: totals.data.count.toLocaleString('en-US') })}</span>
          ) : totals.data && hasFigure(column) ? (
            figureOf(totals.data.figures, column)
          ) : undefined
        }
      />
      {pasted && (
        <PasteDialog object={object} pasted={pasted} onClashes={clashAll} onClose={() => setPasted(undefined)} />
      )}
      {dialog}
      {cells.dialog}
      {isHelp && <KeysHelp onClose={() => setHelp(false)} />}
      {cells.conflict && <CellConflictDialog object={object} cells={cells} />}
    </div>
  )
}

interface CellConflictDialogProps {
  readonly object: ScreenObject
  readonly cells: ReturnType<typeof useCellSave>
}

/** Someone changed the same cell: both values, and a choice. */
function CellConflictDialog({ object, cells }: CellConflictDialogProps) {
  const { conflict, endConflict, write } = cells
  if (!conflict) return null
  const { before, theirs, field, mine } = conflict
  const row: RecordRow = { ...before, ...theirs }
  return (
    <ConflictDialog
      object={object}
      theirs={theirs}
      before={before}
      mine={{ [field.key]: mine }}
      onSave={(values) => {
        endConflict()
        if (field.key in values) void write(row, field, values[field.key])
      }}
      onClose={endConflict}
    />
  )
}

/** What the columns show, and what rows need to be named and to write amounts. */
function fieldsNeeded(object: ScreenObject, columns: readonly Column[], isPhone: boolean): readonly string[] {
  const shown = isPhone ? object.fields.filter((field) => field.inList) : columns.map(({ field }) => field)
  const named = [object.title, ...(object.titleEn ? [object.titleEn] : [])]
  const currency = object.fields.some((field) => field.key === 'currency') ? ['currency'] : []
  return [...new Set([...shown.map((field) => field.key), ...named, ...currency])]
}

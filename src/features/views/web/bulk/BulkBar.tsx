import { useState } from 'react'
import { App, Button } from 'antd'
import { mayGiveAway, type ScreenObject } from '#features/objects/web/index.tsx'
import { everything, type Filter } from '#engine/query/filter.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useGo } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { everythingSelected, nothingSelected, type Selection } from '../list/selection.ts'
import { viewWords } from '../words.ts'
import { BulkDeleteDialog } from './BulkDeleteDialog.tsx'
import { BulkEditDialog } from './BulkEditDialog.tsx'
import { useBulk, type BulkAsk } from './use-bulk.ts'
import { useBulkNotice } from './use-bulk-notice.tsx'

interface BulkBarProps {
  readonly object: ScreenObject
  readonly filter: Filter | undefined
  readonly selection: Selection
  /** How many records match in all. */
  readonly matching: number | undefined
  readonly loaded: number
  readonly onSelect: (selection: Selection) => void
}

/** Records that are merged at once. */
const mostMerged = 5

/** Ids that travel in one request; more go by the filter. */
const mostIds = 5000

/** What can be done with the records that are chosen. */
export function BulkBar({ object, filter, selection, matching, loaded, onSelect }: BulkBarProps) {
  const t = useWords(viewWords)
  const { message } = App.useApp()
  const { start } = useBulk(object.key)
  const notice = useBulkNotice(object)
  const go = useGo()
  const [open, setOpen] = useState<'edit' | 'transfer' | 'delete'>()
  const count = selection.isAll ? (matching ?? loaded) : selection.ids.size
  const owner = object.fields.find((field) => field.type === 'owner')
  if (count === 0) return null
  const n = count.toLocaleString('en-US')
  const which = selection.isAll ? { filter: filter ?? everything } : { ids: [...selection.ids].slice(0, mostIds) }
  const carryOut = async (act: BulkAsk['act']) => {
    try {
      notice(await start.mutateAsync({ which, act }))
      setOpen(undefined)
      onSelect(nothingSelected)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const canOfferAll = !selection.isAll && matching !== undefined && matching > count && count >= loaded
  const canMerge = object.can.update && object.can.delete && !selection.isAll && count >= 2 && count <= mostMerged
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t('bulk')}>
      <b className="num">{t('selected', { n })}</b>
      {canOfferAll && (
        <Button type="link" size="small" onClick={() => onSelect(everythingSelected)}>
          {t('selectMatching', { n: matching.toLocaleString('en-US') })}
        </Button>
      )}
      <span className="bulk-bar-acts">
        {object.can.update && (
          <Button size="small" onClick={() => setOpen('edit')}>
            {t('editField')}
          </Button>
        )}
        {mayGiveAway(object) && owner && (
          <Button size="small" onClick={() => setOpen('transfer')}>
            {t('transfer')}
          </Button>
        )}
        {canMerge && (
          <Button size="small" onClick={() => go('/merge', { object: object.key, ids: [...selection.ids].join(',') })}>
            {t('merge')}
          </Button>
        )}
        {object.can.delete && (
          <Button size="small" danger onClick={() => setOpen('delete')}>
            {t('delete')}
          </Button>
        )}
        <Button size="small" type="text" onClick={() => onSelect(nothingSelected)}>
          {t('selectNone')}
        </Button>
      </span>
      {open === 'delete' && (
        <BulkDeleteDialog
          object={object.key}
          which={which}
          count={n}
          isBusy={start.isPending}
          onDelete={(act) => void carryOut(act)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {(open === 'edit' || open === 'transfer') && (
        <BulkEditDialog
          object={object}
          count={n}
          owner={open === 'transfer' ? owner : undefined}
          isBusy={start.isPending}
          onSave={(act) => void carryOut(act)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}

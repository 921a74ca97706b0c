import { useMemo, useState, type ReactNode } from 'react'
import { Figure } from '#web/kit/Figure.tsx'
import type { NumberUnit } from '#web/kit/number-text.ts'
import { TreeTable, type TreeColumn } from '#web/kit/TreeTable.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ProposalRow } from '../contract.ts'
import { gapsOf } from '../gaps.ts'
import { ProposalActs } from './ProposalActs.tsx'
import { ProposalForm } from './ProposalForm.tsx'
import { agreementWords } from './words.ts'

interface ProposalTreeProps {
  readonly planId: string
  readonly unit: NumberUnit
  readonly rows: readonly ProposalRow[]
}

/** Every tier with what is planned from above, what comes from below and what is missing; on a phone as cards. */
export function ProposalTree({ planId, unit, rows }: ProposalTreeProps) {
  const t = useWords(agreementWords)
  const me = useMe()
  const isPhone = useIsPhone()
  const gaps = useMemo(() => gapsOf(rows), [rows])
  const [adjusting, setAdjusting] = useState<ProposalRow>()
  const below = useMemo(() => Map.groupBy(rows, (row) => row.parentId), [rows])
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(
    () => new Set(rows.filter((row) => row.parentId === null || rows.length < 60).map((row) => row.node)),
  )
  const isOwn = (row: ProposalRow) => row.kind === 'person' && row.node.endsWith(me.person.id)
  const amount = (value: string | null) => (
    <Figure value={value} unit={unit} currency={me.company.currency} reason={t('notProposed')} />
  )
  const toggle = (key: string, isOpen: boolean) => {
    const next = new Set(unfolded)
    if (isOpen) next.add(key)
    else next.delete(key)
    setUnfolded(next)
  }
  const drawn: Drawn = {
    amount,
    gap: (row) => amount(gaps.get(row.node)?.proposed ?? null),
    missing: (row) => <Missing row={row} amount={gaps.get(row.node)?.missing ?? '0'} unit={unit} />,
    acts: (row) => <ProposalActs planId={planId} row={row} isOwn={isOwn(row)} onAdjust={() => setAdjusting(row)} />,
  }
  return (
    <div className="proposal-tree">
      <TreeTable<ProposalRow>
        label={t('proposals')}
        roots={below.get(null) ?? []}
        keyOf={(row) => row.node}
        childrenOf={(row) => below.get(row.node) ?? []}
        nameOf={(row) => row.name}
        open={unfolded}
        onToggle={toggle}
        rowHeight={isPhone ? 148 : 40}
        height={isPhone ? '60vh' : 480}
        columns={isPhone ? cardColumn(drawn, t) : wideColumns(drawn, t)}
      />
      {adjusting && (
        <ProposalForm
          planId={planId}
          node={adjusting.node}
          title={adjusting.name}
          isOwn={isOwn(adjusting)}
          onClose={() => setAdjusting(undefined)}
        />
      )}
    </div>
  )
}

/** How the parts of a row are drawn, wherever they stand. */
interface Drawn {
  readonly amount: (value: string | null) => ReactNode
  readonly gap: (row: ProposalRow) => ReactNode
  readonly missing: (row: ProposalRow) => ReactNode
  readonly acts: (row: ProposalRow) => ReactNode
}

type WordsOf = (key: keyof typeof agreementWords.labels) => string

function cardColumn({ amount, gap, missing, acts }: Drawn, t: WordsOf): readonly TreeColumn<ProposalRow>[] {
  const card = (row: ProposalRow) => (
    <div className="proposal-card">
      <b>{row.name}</b>
      <span>
        {t('topDown')} {amount(row.topDown)} · {t('bottomUp')} {amount(row.bottomUp)}
      </span>
      <span>
        {t('gap')} {gap(row)} · {missing(row)}
      </span>
      {acts(row)}
    </div>
  )
  return [{ key: 'card', title: t('row'), width: 'minmax(0, 1fr)', cell: card }]
}

function wideColumns({ amount, gap, missing, acts }: Drawn, t: WordsOf): readonly TreeColumn<ProposalRow>[] {
  const right = { align: 'right' } as const
  return [
    { key: 'name', title: t('row'), width: 'minmax(160px, 2fr)', cell: (row) => row.name },
    { key: 'top', title: t('topDown'), width: '130px', ...right, cell: (row) => amount(row.topDown) },
    { key: 'up', title: t('bottomUp'), width: '130px', ...right, cell: (row) => amount(row.bottomUp) },
    { key: 'gap', title: t('gap'), width: '150px', ...right, cell: gap },
    { key: 'missing', title: t('missing'), width: '210px', ...right, cell: missing },
    { key: 'act', title: t('act'), width: '220px', cell: acts },
  ]
}

interface MissingProps {
  readonly row: ProposalRow
  readonly amount: string
  readonly unit: NumberUnit
}

/** Who has not said anything, and how much is planned for them: it is no gap yet. */
function Missing({ row, amount, unit }: MissingProps) {
  const t = useWords(agreementWords)
  const { company } = useMe()
  if (row.rows === 0) return <span className="muted">—</span>
  if (row.missing === 0) return <span className="muted">{t('allProposed')}</span>
  if (row.kind === 'person') return <span>{t('notYet')}</span>
  return (
    <span>
      {t('missingOf', { n: row.missing, rows: row.rows })} ·{' '}
      <Figure value={amount} unit={unit} currency={company.currency} />
    </span>
  )
}

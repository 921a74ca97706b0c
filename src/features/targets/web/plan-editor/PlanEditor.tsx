import { App, Button, Tag } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { flattenTree } from '#web/kit/flatten-tree.ts'
import { momentText } from '#web/kit/date-text.ts'
import { EditorPage } from '#web/kit/PageShape.tsx'
import { TargetTabs } from '../TargetTabs.tsx'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useUnsavedGuard } from '#web/kit/use-unsaved-guard.ts'
import { useMe } from '#web/session/me.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { PlanLine } from './open-plan.ts'
import { AmendDialog } from './AmendDialog.tsx'
import { ConflictNotice, type Conflict } from './ConflictNotice.tsx'
import { DifferenceDrawer } from './DifferenceDrawer.tsx'
import { gridColumns } from './grid-columns.ts'
import type { GridSpot } from '#web/kit/grid-move.ts'
import { PlanGrid } from './PlanGrid.tsx'
import { isInForce } from '../../contract.ts'
import { rowIdAt } from '../../levels.ts'
import { PlanSetup } from './PlanSetup.tsx'
import { PathDifferences } from './PathDifferences.tsx'
import { PathNote } from './PathNote.tsx'
import { PathOptions } from './PathOptions.tsx'
import type { PlanSide } from './plan-side.ts'
import { PlanToolbar } from './PlanToolbar.tsx'
import { RevisionDrawer } from './RevisionDrawer.tsx'
import { SaveBar } from './SaveBar.tsx'
import { SheetDialog } from './SheetDialog.tsx'
import { usePlanActs, type OpenPlan } from './use-plan.ts'
import { useUndoKeys } from './use-undo-keys.ts'
import { usePlanPath } from './use-plan-path.ts'
import { cellToast, usePlanWork } from './use-plan-work.ts'
import { planWords } from './words.ts'

/** What a room above shows for a row of a plan. */
export type PlanCheck = (open: OpenPlan['plan'], node: string) => React.ReactNode

interface PlanEditorProps {
  readonly open: OpenPlan
  readonly pickers: React.ReactNode
  readonly check: PlanCheck | undefined
}

/** A plan as a spreadsheet of tiers; what changes is shown before it is saved. */
export function PlanEditor({ open, pickers, check }: PlanEditorProps) {
  const t = useWords(planWords)
  const label = useLabel()
  const language = useLanguage()
  const { company } = useMe()
  const { message } = App.useApp()
  const { plan } = open
  const acts = usePlanActs()
  const [side, setSide] = useState<PlanSide>()
  const tellFrozen = () => {
    const amend = () => {
      message.destroy(cellToast)
      setSide('amend')
    }
    const content = (
      <>
        {t(`frozen-${plan.status}`)}
        {plan.can.manage && isInForce(plan.status) && (
          <Button type="link" size="small" onClick={amend}>
            {t('amend')}
          </Button>
        )}
      </>
    )
    void message.info({ key: cellToast, content })
  }
  const bench = usePlanWork(open, tellFrozen)
  const steps = usePlanPath(open)
  const [conflict, setConflict] = useState<Conflict>()
  const [spot, setSpot] = useState<GridSpot>({ row: 0, column: 0 })
  const { node: wanted } = useWhoAndWhen()
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(
    () => new Set([...firstTiers(open.rows), ...wayTo(open.rows, wanted)]),
  )

  const columns = useMemo(() => gridColumns(open.months), [open.months])
  const below = useMemo(() => Map.groupBy(open.rows, (row) => row.parentId), [open.rows])
  const rows = useMemo(
    () =>
      flattenTree(
        below.get(null) ?? [],
        { keyOf: (row) => row.id, childrenOf: (row) => below.get(row.id) ?? [] },
        unfolded,
      ),
    [below, unfolded],
  )
  // The org node in the header is where the cursor begins.
  const [begunAt, setBegunAt] = useState<string>()
  if (wanted !== begunAt) {
    const at = rows.findIndex((row) => row.key === wanted)
    const isFolded = at < 0 && open.rows.some((row) => row.id === wanted)
    if (isFolded) setUnfolded(new Set([...unfolded, ...wayTo(open.rows, wanted)]))
    else setBegunAt(wanted)
    if (at >= 0) setSpot({ row: at, column: 0 })
  }
  const toggle = useCallback((id: string, isOpen: boolean) => {
    setUnfolded((before) => {
      const next = new Set(before)
      if (isOpen) next.add(id)
      else next.delete(id)
      return next
    })
  }, [])
  const chosen = rows[spot.row]?.row ?? open.rows[0]
  const column = columns[spot.column] ?? columns[0]

  const save = async (reason: string) => {
    try {
      const saved = await acts.save.mutateAsync({
        planId: plan.id,
        version: plan.version,
        reason,
        rows: bench.rowsToSave(),
      })
      bench.settle()
      setConflict(undefined)
      void message.success(t('saved', { n: saved.plan.version }))
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'PLAN_CHANGED') setConflict(problem.details as Conflict)
      else void message.error(problemText(problem))
    }
  }

  useUndoKeys(bench.undo, bench.redo)
  useUnsavedGuard(bench.isDirty, planIn)

  const facts = [
    t('version', { n: plan.version }),
    plan.updatedBy && t('savedBy', { name: plan.updatedBy.name, when: momentText(plan.updatedAt, language) }),
    t('unit', { unit: plan.measure === 'money' ? company.currency : t(measured[plan.measure]) }),
  ]
  return (
    <div className="plan-editor">
      <EditorPage
        title={`${label(plan.metricLabel)} · ${label(plan.yearLabel)} · ${t('title')}`}
        note={
          <>
            <Tag className="plan-state">{t(plan.status === 'locked' ? 'lockedPlan' : plan.status)}</Tag>
            {facts.filter(Boolean).join(' · ')}
          </>
        }
        actions={pickers}
        bar={
          <>
            <TargetTabs />
            {chosen && column && (
              <PlanToolbar
                open={open}
                bench={bench}
                steps={steps}
                chosen={chosen}
                onLock={() => bench.toggleLock(chosen, column)}
                isLocked={column.months.some(
                  (month) => bench.tree.nodes.get(rowIdAt(bench.level, chosen.id))?.locked[month] ?? false,
                )}
                isUnfolded={[...below.keys()].every((id) => id === null || unfolded.has(id))}
                onUnfold={(all) =>
                  setUnfolded(
                    all ? new Set([...below.keys()].flatMap((id) => (id === null ? [] : [id]))) : firstTiers(open.rows),
                  )
                }
                onSide={setSide}
                check={check?.(plan, chosen.id)}
              />
            )}
          </>
        }
        footer={
          bench.isDirty && (
            <SaveBar
              bench={bench}
              plan={plan}
              monthName={(month) => (open.months[month] ? label(open.months[month].label) : '')}
              isSaving={acts.save.isPending}
              onDifferences={() => setSide('differences')}
              onSave={save}
            />
          )
        }
      >
        {conflict && (
          <ConflictNotice
            planId={plan.id}
            conflict={conflict}
            onRedo={(newest) => {
              const left = bench.redoOn(newest)
              setConflict(undefined)
              void message.info(left === 0 ? t('redone') : t('redoneBut', { n: left }))
            }}
            onDrop={() => {
              bench.discard()
              setConflict(undefined)
            }}
          />
        )}
        <PathNote plan={plan} path={steps.path} />
        <PlanGrid
          label={t('grid')}
          unit={plan.unit}
          measure={plan.measure}
          columns={columns}
          rows={rows}
          saved={bench.saved}
          tree={bench.tree}
          level={bench.level}
          bases={bench.bases}
          spot={spot}
          onSpot={setSpot}
          onToggle={toggle}
          refused={bench.refused}
          mayWrite={bench.mayWrite}
          onReadOnly={bench.tellReadOnly}
          onEnter={bench.enter}
          onDrop={bench.drop}
          onPaste={(at, block) => bench.paste(at, block, rows, columns)}
          onLock={bench.toggleLock}
        />
        {plan.can.edit && (
          <p className="plan-help muted">
            {t('help')}
            {plan.measure === 'percent' && ` · ${t('helpPercent')}`}
          </p>
        )}
      </EditorPage>
      {side === 'differences' && <DifferenceDrawer open={open} bench={bench} onClose={() => setSide(undefined)} />}
      {side === 'history' && <RevisionDrawer open={open} onClose={() => setSide(undefined)} />}
      {side === 'setup' && <PlanSetup open={open} bench={bench} onClose={() => setSide(undefined)} />}
      {side === 'options' && steps.path && (
        <PathOptions plan={plan} path={steps.path} onClose={() => setSide(undefined)} />
      )}
      {side === 'published' && <PathDifferences plan={plan} onClose={() => setSide(undefined)} />}
      {side === 'amend' && chosen && <AmendDialog open={open} chosen={chosen} onClose={() => setSide(undefined)} />}
      {side === 'sheet' && <SheetDialog open={open} bench={bench} onClose={() => setSide(undefined)} />}
    </div>
  )
}

const measured = { count: 'pieces', percent: 'percent', days: 'days' } as const

/** The tops and the tier below them. */
function firstTiers(rows: readonly PlanLine[]): ReadonlySet<string> {
  const tops = new Set(rows.filter((row) => row.parentId === null).map((row) => row.id))
  return rows.length <= 60 ? new Set(rows.map((row) => row.id)) : tops
}

/** The rows above a node, so that it can be seen. */
function wayTo(rows: readonly PlanLine[], node: string | undefined): string[] {
  const parents = new Map(rows.map((row) => [row.id, row.parentId]))
  const way: string[] = []
  for (let at = parents.get(node ?? ''); at; at = parents.get(at)) way.push(at)
  return way
}

/** Which plan an address shows: of what, for which fiscal year. */
function planIn(address: ReadonlyMap<string, unknown>): string {
  return `${String(address.get('metric'))} ${String(address.get('period')).slice(0, 4)}`
}

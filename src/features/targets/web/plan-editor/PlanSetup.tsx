import { App, Button, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { readRowId } from '../../levels.ts'
import type { Level, SideLevel } from '../../levels.ts'
import { nodeOf, totalOf } from '../../plan-tree.ts'
import type { OpenPlan } from './open-plan.ts'
import { usePlanActs } from './use-plan.ts'
import type { PlanWorkbench } from './use-plan-work.ts'
import { planWords } from './words.ts'

interface PlanSetupProps {
  readonly open: OpenPlan
  readonly bench: PlanWorkbench
  readonly onClose: () => void
}

/** Which levels a plan has, and what each tier hands out more than it got. */
export function PlanSetup({ open, bench, onClose }: PlanSetupProps) {
  const t = useWords(planWords)
  const k = useWords(kitWords)
  return (
    <Modal open title={t('setup')} footer={null} onCancel={onClose} closable={{ 'aria-label': k('close') }}>
      {open.plan.can.manage && (
        <section className="plan-setup">
          <h3>{t('levels')}</h3>
          <p className="muted">{t(bench.isDirty ? 'levelsWhenSaved' : 'levelsHint')}</p>
          <LevelLine open={open} level="floor" usual={85} isBusy={bench.isDirty} />
          <LevelLine open={open} level="stretch" usual={120} isBusy={bench.isDirty} />
        </section>
      )}
      <Buffers open={open} bench={bench} onClose={onClose} />
    </Modal>
  )
}

interface LevelLineProps {
  readonly open: OpenPlan
  readonly level: SideLevel
  readonly usual: number
  readonly isBusy: boolean
}

function LevelLine({ open, level, usual, isBusy }: LevelLineProps) {
  const t = useWords(planWords)
  const { message } = App.useApp()
  const { setLevel } = usePlanActs()
  const [percent, setPercent] = useState(() => percentNow(open, level) ?? usual)
  const isOn = open.plan.levels.includes(level)
  const set = async (wanted: number | null) => {
    try {
      await setLevel.mutateAsync({ planId: open.plan.id, version: open.plan.version, level, percent: wanted })
      void message.success(t(wanted === null ? 'levelOff' : 'levelOn', { level: t(level), percent: wanted ?? 0 }))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <div className="plan-setup-line">
      <span>{t(level)}</span>
      <InputNumber
        aria-label={t('percentOfTarget', { level: t(level) })}
        min={level === 'floor' ? 1 : 100}
        max={level === 'floor' ? 100 : 1000}
        precision={0}
        value={percent}
        suffix="%"
        onChange={(value) => setPercent(value ?? usual)}
      />
      <Button disabled={isBusy} loading={setLevel.isPending} onClick={() => void set(percent)}>
        {t(isOn ? 'makeAnew' : 'switchOn')}
      </Button>
      {isOn && (
        <Button type="text" disabled={isBusy} onClick={() => void set(null)}>
          {t('switchOff')}
        </Button>
      )}
    </div>
  )
}

/** What a level of the plan comes to at the top, as percent of the target. */
function percentNow({ plan, tree }: OpenPlan, level: SideLevel): number | undefined {
  if (!plan.levels.includes(level)) return undefined
  const yearAt = (wanted: Level) =>
    totalOf(tree.roots.flatMap((root) => (readRowId(root).level === wanted ? nodeOf(tree, root).months : [])))
  const target = yearAt('target')
  return target === 0n ? undefined : Number((yearAt(level) * 200n + target) / (2n * target))
}

function Buffers({ open, bench, onClose }: PlanSetupProps) {
  const t = useWords(planWords)
  const parents = new Set(open.rows.map((row) => row.parentId))
  const units = open.rows.filter((row) => row.kind === 'unit' && parents.has(row.id))
  const depths = new Map<string, number>()
  for (const row of open.rows) depths.set(row.id, row.parentId === null ? 1 : (depths.get(row.parentId) ?? 0) + 1)
  const tierOf = ({ id, tier }: (typeof units)[number]) => tier ?? t('tierAt', { n: depths.get(id) ?? 1 })
  const tiers = Map.groupBy(units, tierOf)
  const nowOf = (tier: string) => {
    const first = tiers.get(tier)?.[0]
    return Number(bench.tree.nodes.get(first?.id ?? '')?.buffer ?? 0n) / 100
  }
  const [percents, setPercents] = useState<Readonly<Record<string, number>>>({})
  const apply = () => {
    const rates = new Map(
      units.map((row) => [row.id, Math.round((percents[tierOf(row)] ?? nowOf(tierOf(row))) * 100)] as const),
    )
    if (bench.act({ kind: 'buffers', rates })) onClose()
  }
  return (
    <section className="plan-setup">
      <h3>{t('buffers')}</h3>
      <p className="muted">{t('buffersHint')}</p>
      {[...tiers.keys()].map((tier) => (
        <div key={tier} className="plan-setup-line">
          <span>{tier}</span>
          <InputNumber
            aria-label={t('bufferOfTier', { tier })}
            min={0}
            max={50}
            step={1}
            precision={2}
            value={percents[tier] ?? nowOf(tier)}
            suffix="%"
            onChange={(value) => setPercents({ ...percents, [tier]: value ?? 0 })}
          />
        </div>
      ))}
      <Button type="primary" onClick={apply}>
        {t('applyBuffers')}
      </Button>
    </section>
  )
}

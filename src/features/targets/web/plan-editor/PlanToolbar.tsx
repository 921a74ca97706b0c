import {
  DownOutlined,
  HistoryOutlined,
  LockOutlined,
  RedoOutlined,
  TableOutlined,
  UndoOutlined,
  UnlockOutlined,
} from '@ant-design/icons'
import { Button, Dropdown, Segmented, Tooltip } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { PlanLine } from './open-plan.ts'
import type { Level } from '../../levels.ts'
import type { Absorb } from '../../plan-work.ts'
import { CascadeButton } from './CascadeButton.tsx'
import { PathSteps } from './PathSteps.tsx'
import { PlanMenu } from './PlanMenu.tsx'
import type { PlanSide } from './plan-side.ts'
import type { OpenPlan } from './use-plan.ts'
import type { PlanPathSteps } from './use-plan-path.ts'
import type { PlanWorkbench } from './use-plan-work.ts'
import { planWords } from './words.ts'

interface PlanToolbarProps {
  readonly open: OpenPlan
  readonly bench: PlanWorkbench
  readonly steps: PlanPathSteps
  /** The row where the cursor stands. */
  readonly chosen: PlanLine
  readonly isLocked: boolean
  readonly onLock: () => void
  readonly isUnfolded: boolean
  readonly onUnfold: (all: boolean) => void
  readonly onSide: (side: PlanSide) => void
  readonly check: React.ReactNode
}

export function PlanToolbar(props: PlanToolbarProps) {
  const { open, bench, steps, chosen, isLocked, onLock, isUnfolded, onUnfold, onSide, check } = props
  const t = useWords(planWords)
  const { plan } = open
  return (
    <div className="plan-toolbar" role="toolbar" aria-label={t('title')}>
      {plan.levels.length > 1 && (
        <Segmented<Level>
          aria-label={t('level')}
          value={bench.level}
          options={plan.levels.map((level) => ({ value: level, label: t(level) }))}
          onChange={bench.setLevel}
        />
      )}
      {plan.can.edit && (
        <>
          {plan.rule.nodes === 'sum' && (
            <Tooltip title={t(bench.absorb === 'siblings' ? 'siblingsHint' : 'parentsHint')}>
              <Segmented<Absorb>
                aria-label={t('absorb')}
                value={bench.absorb}
                options={[
                  { value: 'siblings', label: t('siblings') },
                  { value: 'parents', label: t('parents') },
                ]}
                onChange={bench.setAbsorb}
              />
            </Tooltip>
          )}
          <CascadeButton open={open} bench={bench} chosen={chosen} />
          <Button icon={isLocked ? <UnlockOutlined /> : <LockOutlined />} disabled={!chosen.canEdit} onClick={onLock}>
            {t(isLocked ? 'unlock' : 'lock')}
          </Button>
          <Tooltip title={t('undo')}>
            <Button
              icon={<UndoOutlined />}
              aria-label={t('undo')}
              disabled={bench.work.past.length === 0}
              onClick={bench.undo}
            />
          </Tooltip>
          <Tooltip title={t('redo')}>
            <Button
              icon={<RedoOutlined />}
              aria-label={t('redo')}
              disabled={bench.work.undone.length === 0}
              onClick={bench.redo}
            />
          </Tooltip>
        </>
      )}
      <span className="plan-toolbar-gap" />
      <Button type="text" onClick={() => onUnfold(!isUnfolded)}>
        {t(isUnfolded ? 'collapseAll' : 'expandAll')}
      </Button>
      {check}
      <Button icon={<HistoryOutlined />} onClick={() => onSide('history')}>
        {t('history')}
      </Button>
      <WorkbookMenu open={open} onSide={onSide} />
      <PathSteps steps={steps} isDirty={bench.isDirty} />
      <PlanMenu open={open} steps={steps} isDirty={bench.isDirty} onSide={onSide} />
    </div>
  )
}

/** The plan as a workbook, out and in. */
function WorkbookMenu({ open: { plan }, onSide }: Pick<PlanToolbarProps, 'open' | 'onSide'>) {
  const t = useWords(planWords)
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        onClick: ({ key }) => key === 'sheet' && onSide('sheet'),
        items: [
          {
            key: 'export',
            label: (
              <a href={`/api/v1/plans/${plan.id}/workbook`} download>
                {t('exportSheet')}
              </a>
            ),
          },
          ...(plan.can.edit ? [{ key: 'sheet', label: t('importSheet') }] : []),
        ],
      }}
    >
      <Button icon={<TableOutlined />}>
        {t('workbook')} <DownOutlined />
      </Button>
    </Dropdown>
  )
}

import {
  DownloadOutlined,
  HistoryOutlined,
  LockOutlined,
  MoreOutlined,
  RedoOutlined,
  UndoOutlined,
  UnlockOutlined,
} from '@ant-design/icons'
import { App, Button, Dropdown, Segmented, Tooltip } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { PlanLine } from './open-plan.ts'
import type { Level } from '../../levels.ts'
import type { Absorb } from '../../plan-work.ts'
import { CascadeButton } from './CascadeButton.tsx'
import { PlanPath } from './PlanPath.tsx'
import { usePlanActs, type OpenPlan } from './use-plan.ts'
import type { PlanWorkbench } from './use-plan-work.ts'
import { planWords } from './words.ts'

interface PlanToolbarProps {
  readonly open: OpenPlan
  readonly bench: PlanWorkbench
  /** The row where the cursor stands. */
  readonly chosen: PlanLine
  readonly isLocked: boolean
  readonly onLock: () => void
  readonly onUnfold: (all: boolean) => void
  readonly onSide: (side: 'history' | 'sheet' | 'setup') => void
  readonly check: React.ReactNode
}

export function PlanToolbar({ open, bench, chosen, isLocked, onLock, onUnfold, onSide, check }: PlanToolbarProps) {
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
      <Button type="text" onClick={() => onUnfold(true)}>
        {t('expandAll')}
      </Button>
      <Button type="text" onClick={() => onUnfold(false)}>
        {t('collapseAll')}
      </Button>
      {check}
      <Button icon={<HistoryOutlined />} onClick={() => onSide('history')}>
        {t('history')}
      </Button>
      {plan.can.edit && <Button onClick={() => onSide('setup')}>{t('setup')}</Button>}
      {plan.can.edit ? <Button onClick={() => onSide('sheet')}>{t('importSheet')}</Button> : null}
      <Button icon={<DownloadOutlined />} href={`/api/v1/plans/${plan.id}/workbook`} download>
        {t('exportSheet')}
      </Button>
      <PlanPath open={open} isDirty={bench.isDirty} />
      {plan.can.manage && <PlanMenu open={open} isDirty={bench.isDirty} />}
    </div>
  )
}

/** What happens to a plan as a whole. */
function PlanMenu({ open, isDirty }: { readonly open: OpenPlan; readonly isDirty: boolean }) {
  const t = useWords(planWords)
  const { message, modal } = App.useApp()
  const { refresh, remove } = usePlanActs()
  const { id: planId, version, status } = open.plan
  const attempt = async (act: () => Promise<string | undefined>) => {
    try {
      const text = await act()
      if (text) void message.success(text)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const acts: Readonly<Record<string, () => void>> = {
    refresh: () =>
      void attempt(async () => {
        const { added, moved } = await refresh.mutateAsync({ planId, version })
        return t('refreshed', { n: added, moved })
      }),
    remove: () =>
      void modal.confirm({
        title: t('removeSure', { n: open.rows.length }),
        okText: t('remove'),
        cancelText: t('cancel'),
        okButtonProps: { danger: true },
        onOk: () =>
          attempt(async () => {
            await remove.mutateAsync({ planId })
            return undefined
          }),
      }),
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        onClick: ({ key }) => acts[key]?.(),
        items: [
          { key: 'refresh', label: t('refresh'), disabled: isDirty },
          ...(status === 'draft' ? [{ key: 'remove', label: t('remove'), danger: true }] : []),
        ],
      }}
    >
      <Button icon={<MoreOutlined />} aria-label={t('title')} />
    </Dropdown>
  )
}

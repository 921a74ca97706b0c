import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button, Drawer, Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import { percentText, type NumberUnit } from '#web/kit/number-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { lightNames, type CheckedRow, type LightName } from '../contract.ts'
import { verdictNames } from '../names.ts'
import { Lights } from './Lights.tsx'
import { RowDetail } from './RowDetail.tsx'
import { usePlanCheck, type PlanCheck } from './use-outlook.ts'
import { outlookWords } from './words.ts'
import './outlook.css'

interface SmartDrawerProps {
  readonly planId: string
  /** Of the plan. */
  readonly metric: string
  readonly unit: NumberUnit
  /** The row that is shown first; undefined: the list. */
  readonly node: string | undefined
  readonly onClose: () => void
}

/** The SMART check of a plan beside it: all targets with their lights, each opening to its reasons. */
export function SmartDrawer({ planId, metric, unit, node, onClose }: SmartDrawerProps) {
  const t = useWords(outlookWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const [shown, setShown] = useState(node)
  const check = usePlanCheck(planId, shown === undefined)
  const period = check.data ? ` · ${label(check.data.period.label)}` : ''
  return (
    <Drawer
      open
      size="min(760px, 100vw)"
      title={`${t('smart')}${period}`}
      closable={{ 'aria-label': k('close') }}
      onClose={onClose}
    >
      {shown !== undefined ? (
        <>
          <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => setShown(undefined)}>
            {t('back')}
          </Button>
          <RowDetail planId={planId} node={shown} metric={metric} unit={unit} />
        </>
      ) : check.error ? (
        <ErrorState problem={check.error} onRetry={() => void check.refetch()} />
      ) : !check.data ? (
        <LoadingState rows={12} />
      ) : (
        <CheckedList check={check.data} onOpen={setShown} />
      )}
    </Drawer>
  )
}

type Verdict = NonNullable<CheckedRow['achievability']>['verdict']

interface CheckedListProps {
  readonly check: PlanCheck
  readonly onOpen: (node: string) => void
}

function CheckedList({ check: { rows, counts }, onOpen }: CheckedListProps) {
  const t = useWords(outlookWords)
  const label = useLabel()
  const [verdict, setVerdict] = useState<Verdict | 'all'>('all')
  const [light, setLight] = useState<LightName>()
  const wanted = useMemo(
    () =>
      rows.filter(
        (row) =>
          (verdict === 'all' || row.achievability?.verdict === verdict) &&
          (light === undefined || row.lights[light].state !== 'good'),
      ),
    [rows, verdict, light],
  )
  return (
    <>
      <p className="muted">{t('smartNote')}</p>
      <div className="smart-bar">
        <Segmented<Verdict | 'all'>
          aria-label={t('verdictFilter')}
          value={verdict}
          options={[
            { value: 'all', label: t('all', { n: counts.rows }) },
            { value: 'too-easy', label: t('tooEasy', { n: counts.tooEasy }) },
            { value: 'challenge', label: t('challenge', { n: counts.challenge }) },
            { value: 'out-of-reach', label: t('outOfReach', { n: counts.outOfReach }) },
          ]}
          onChange={setVerdict}
        />
        <Select<LightName>
          aria-label={t('lightFilter')}
          placeholder={t('lightFilter')}
          allowClear
          popupMatchSelectWidth={false}
          value={light ?? null}
          options={lightNames.map((name) => ({
            value: name,
            label: t('notGood', { light: t(name), n: counts.rows - counts.lights[name].good }),
          }))}
          onChange={(name) => setLight(name)}
        />
      </div>
      {wanted.length === 0 ? (
        <EmptyState title={t('none')} />
      ) : (
        <ul className="smart-rows">
          {wanted.map((row) => (
            <li key={row.node}>
              <button type="button" className="plain-button smart-row" onClick={() => onOpen(row.node)}>
                <span>
                  {row.name} {row.tier && <small className="muted">{row.tier}</small>}
                </span>
                <Lights lights={row.lights} />
                <span className="smart-chance">
                  {row.achievability
                    ? `${percentText(row.achievability.chance)} ${label(verdictNames[row.achievability.verdict])}`
                    : '—'}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

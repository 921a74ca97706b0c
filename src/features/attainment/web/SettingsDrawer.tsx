import { Button, Drawer, Form, InputNumber, Switch } from 'antd'
import type { Period } from '#engine/calendar/period.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { useAttainmentActs, useSettings, type Settings } from './use-room.ts'
import { attainmentWords } from './words.ts'

interface SettingsDrawerProps {
  readonly period: Period
  readonly onClose: () => void
}

/** Percent and points as people write them. */
interface Filled {
  readonly ahead: number
  readonly onPace: number
  readonly behind: number
  readonly isOn: boolean
  readonly margin: number
  readonly recovery: number
  readonly quietWorkdays: number
  readonly closeAfterDays: number | null
  /** Bounds of scores where less is better; empty: as they come. */
  readonly clampLeast: number | null
  readonly clampMost: number | null
}

const inPercent = (share: number) => Math.round(share * 1000) / 10

function filledBy({ lights, alerts, closeAfterDays, clamp }: Settings): Filled {
  return {
    ahead: inPercent(lights.ahead),
    onPace: inPercent(lights.onPace),
    behind: inPercent(lights.behind),
    isOn: alerts.isOn,
    margin: inPercent(alerts.margin),
    recovery: inPercent(alerts.recovery),
    quietWorkdays: alerts.quietWorkdays,
    closeAfterDays,
    clampLeast: clamp ? inPercent(clamp.least) : null,
    clampMost: clamp ? inPercent(clamp.most) : null,
  }
}

function readBack(before: Settings, { ahead, onPace, behind, margin, recovery, ...filled }: Filled): Settings {
  return {
    ...before,
    lights: { ahead: ahead / 100, onPace: onPace / 100, behind: behind / 100 },
    closeAfterDays: filled.closeAfterDays ?? null,
    clamp: clampOf(filled),
    alerts: {
      ...before.alerts,
      isOn: filled.isOn,
      margin: margin / 100,
      recovery: recovery / 100,
      quietWorkdays: filled.quietWorkdays,
    },
  }
}

/** One bound alone leaves the other side as wide as it goes. */
function clampOf({ clampLeast, clampMost }: Pick<Filled, 'clampLeast' | 'clampMost'>): Settings['clamp'] {
  if ((clampLeast ?? null) === null && (clampMost ?? null) === null) return null
  return { least: (clampLeast ?? -1000) / 100, most: (clampMost ?? 1000) / 100 }
}

/** Lights, alerts and closing, for those who manage them. */
export function SettingsDrawer({ period, onClose }: SettingsDrawerProps) {
  const t = useWords(attainmentWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { today } = useMe()
  const settings = useSettings(true)
  const { save, close } = useAttainmentActs()
  const isOver = period.to <= today
  const { data } = settings
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(480px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={t('settings')}
    >
      {settings.isPending && <LoadingState rows={6} />}
      {settings.isError && <ErrorState problem={settings.error} onRetry={() => void settings.refetch()} />}
      {data && (
        <Form<Filled>
          key={data.version}
          layout="vertical"
          initialValues={filledBy(data.settings)}
          onFinish={(filled) => save.mutate({ settings: readBack(data.settings, filled), version: data.version })}
        >
          <h3>{t('lights')}</h3>
          <Percent name="ahead" label={t('ahead')} />
          <Percent name="onPace" label={t('onPace')} />
          <Percent name="behind" label={t('behind')} />
          <h3>{t('lowerBetter')}</h3>
          <p className="muted">{t('lowerFormula')}</p>
          <Form.Item name="clampLeast" label={t('clampLeast')}>
            <InputNumber min={-1000} max={100} suffix="%" />
          </Form.Item>
          <Form.Item name="clampMost" label={t('clampMost')}>
            <InputNumber min={100} max={1000} suffix="%" />
          </Form.Item>
          <h3>{t('alerts')}</h3>
          <Form.Item name="isOn" label={t('alertsOn')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Percent name="margin" label={t('margin')} />
          <Percent name="recovery" label={t('recovery')} />
          <Form.Item name="quietWorkdays" label={t('quiet')} rules={[{ required: true }]}>
            <InputNumber min={0} max={60} precision={0} />
          </Form.Item>
          <Form.Item name="closeAfterDays" label={t('closeAfter')}>
            <InputNumber min={0} max={90} precision={0} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('save')}
          </Button>
          {isOver && (
            <>
              <p className="muted">{t('closeHint')}</p>
              <Button loading={close.isPending} onClick={() => close.mutate(period.key)}>
                {t('closeNow', { period: label(period.label) })}
              </Button>
            </>
          )}
        </Form>
      )}
    </Drawer>
  )
}

function Percent({ name, label }: { readonly name: keyof Filled; readonly label: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true }]}>
      <InputNumber min={0} max={1000} suffix="%" />
    </Form.Item>
  )
}

import { Button, Checkbox, Drawer, Form, InputNumber, Select, Switch } from 'antd'
import type { Period } from '#engine/calendar/period.ts'
import { useMetrics } from '#features/targets/web/index.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { filledBy, readBack, type Filled } from './settings-form.ts'
import { useAttainmentActs, useSettings } from './use-room.ts'
import { attainmentWords } from './words.ts'

interface SettingsDrawerProps {
  readonly period: Period
  readonly onClose: () => void
}

/** Lights, alerts and closing, for those who manage them. */
export function SettingsDrawer({ period, onClose }: SettingsDrawerProps) {
  const t = useWords(attainmentWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { today } = useMe()
  const settings = useSettings(true)
  const metrics = useMetrics()
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
          <Form.Item name="kinds" label={t('alertKinds')}>
            <Checkbox.Group
              options={(['year', 'quarter', 'month'] as const).map((kind) => ({ value: kind, label: t(kind) }))}
            />
          </Form.Item>
          <h3>{t('keeping')}</h3>
          <Form.Item name="keptMetrics" label={t('keptMetrics')}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              options={(metrics.data ?? []).map((metric) => ({ value: metric.key, label: label(metric.label) }))}
            />
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

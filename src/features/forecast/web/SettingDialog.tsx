import { useId, useState } from 'react'
import { App, InputNumber, Modal, Segmented } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ForecastSetting } from '../contract.ts'
import { useForecastActs } from './use-forecast.ts'
import { forecastWords } from './words.ts'

interface SettingDialogProps {
  readonly setting: ForecastSetting
  readonly onClose: () => void
}

/** For which periods people submit, and by when. What was submitted for other periods stays. */
export function SettingDialog({ setting, onClose }: SettingDialogProps) {
  const t = useWords(forecastWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const { changeSetting } = useForecastActs()
  const dayId = useId()
  const [draft, setDraft] = useState(setting)
  const isWeekly = draft.dueEvery === 'week'
  const save = () =>
    void changeSetting.mutateAsync(draft).then(
      () => {
        void message.success(t('settingSaved'))
        onClose()
      },
      () => undefined,
    )
  return (
    <Modal
      open
      title={t('setting')}
      onCancel={onClose}
      onOk={save}
      okText={t('keep')}
      cancelText={t('cancel')}
      confirmLoading={changeSetting.isPending}
      closable={{ 'aria-label': k('close') }}
    >
      <div className="forecast-fields">
        <span>{t('periodKind')}</span>
        <Segmented<ForecastSetting['periodKind']>
          aria-label={t('periodKind')}
          value={draft.periodKind}
          options={[
            { value: 'quarter', label: t('quarter') },
            { value: 'month', label: t('month') },
          ]}
          onChange={(periodKind) => setDraft({ ...draft, periodKind })}
        />
        <span>{t('dueEvery')}</span>
        <Segmented<ForecastSetting['dueEvery']>
          aria-label={t('dueEvery')}
          value={draft.dueEvery}
          options={[
            { value: 'week', label: t('week') },
            { value: 'period', label: t('once') },
          ]}
          onChange={(dueEvery) => setDraft({ ...draft, dueEvery, dueOn: dueEvery === 'week' ? 5 : 3 })}
        />
        <label htmlFor={dayId}>{t(isWeekly ? 'dueOnWeek' : 'dueOnPeriod')}</label>
        <InputNumber
          id={dayId}
          min={1}
          max={isWeekly ? 7 : 31}
          precision={0}
          value={draft.dueOn}
          onChange={(dueOn) => setDraft({ ...draft, dueOn: dueOn ?? 1 })}
        />
      </div>
    </Modal>
  )
}

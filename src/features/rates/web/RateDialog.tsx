import { useMemo } from 'react'
import { App, Button, DatePicker, Form, Input, Modal, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { readDecimal } from '#engine/money/decimal.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { useRateActs, type DatedRate } from './use-rates.ts'
import { rateWords } from './words.ts'

interface RateDialogProps {
  /** The rate to change; absent: a new one. */
  readonly rate?: DatedRate | undefined
  readonly currency: string | undefined
  readonly onClose: () => void
}

interface Values {
  readonly currency: string
  readonly from: Dayjs
  readonly rate: string
}

/** Adds a rate, changes what one is worth, or removes it. */
export function RateDialog({ rate: known, currency, onClose }: RateDialogProps) {
  const t = useWords(rateWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const { company, today } = useMe()
  const [form] = Form.useForm<Values>()
  const acts = useRateActs()
  const currencies = useCurrencies()
  const chosen = Form.useWatch('currency', form) ?? known?.currency ?? currency

  const refuse = (problem: unknown) => {
    const faults = problem instanceof ApiProblem ? problem.faults : []
    if (faults.length === 0) void message.error(problemText(problem))
    form.setFields(
      faults.flatMap(({ field, message: words }) =>
        field === 'currency' || field === 'from' || field === 'rate' ? [{ name: field, errors: [words] }] : [],
      ),
    )
  }
  const submit = (values: Values) => {
    const read = readDecimal(values.rate)
    acts.keep.mutate(
      {
        currency: values.currency,
        from: values.from.format('YYYY-MM-DD'),
        rate: read.ok ? read.value : values.rate,
      },
      { onSuccess: onClose, onError: refuse },
    )
  }
  return (
    <Modal
      open
      title={t(known ? 'edit' : 'add')}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
      footer={
        <div className="rate-footer">
          {known && (
            <Button
              danger
              type="text"
              loading={acts.remove.isPending}
              onClick={() => acts.remove.mutate(known, { onSuccess: onClose })}
            >
              {t('remove')}
            </Button>
          )}
          <span className="rate-footer-gap" />
          <Button onClick={onClose}>{k('cancel')}</Button>
          <Button type="primary" loading={acts.keep.isPending} onClick={form.submit}>
            {k('save')}
          </Button>
        </div>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ currency, ...known, from: dayjs(known?.from ?? today) }}
        onFinish={submit}
      >
        <Form.Item name="currency" label={t('currency')} rules={[{ required: true, message: t('required') }]}>
          <Select<string>
            disabled={known !== undefined}
            options={currencies}
            showSearch={{ optionFilterProp: 'label' }}
            autoFocus={known === undefined}
          />
        </Form.Item>
        <Form.Item name="from" label={t('from')} rules={[{ required: true, message: t('required') }]}>
          <DatePicker className="rate-day" disabled={known !== undefined} allowClear={false} format="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item
          name="rate"
          label={chosen ? t('worth', { currency: chosen, base: company.currency }) : t('rate')}
          rules={[
            { required: true, whitespace: true, message: t('required') },
            {
              validator: async (_rule, text: string | undefined) => {
                if (text && text.trim() !== '' && !readDecimal(text).ok) throw new Error(t('notANumber'))
              },
            },
          ]}
        >
          <Input
            className="num"
            inputMode="decimal"
            autoComplete="off"
            maxLength={30}
            placeholder={t('example')}
            autoFocus={known !== undefined}
            onPressEnter={form.submit}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Every currency but the company's own, with its name in the reader's language. */
function useCurrencies() {
  const language = useLanguage()
  const { company } = useMe()
  return useMemo(() => {
    const names = new Intl.DisplayNames([language === 'zh' ? 'zh-CN' : 'en'], { type: 'currency' })
    return Intl.supportedValuesOf('currency')
      .filter((code) => code !== company.currency)
      .map((code) => ({ value: code, label: `${code} ${names.of(code) ?? ''}` }))
  }, [language, company.currency])
}

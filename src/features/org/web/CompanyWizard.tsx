import { useEffect, useMemo, useState } from 'react'
import { Alert, Button, Form, Input, Select, Steps } from 'antd'
import { CheckCircleOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { createCompanyRoute } from '#engine/contract/setup.ts'
import { passwordLength } from '#engine/contract/sign-in.ts'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { entryWords } from './entry-words.ts'
import { useEnter } from '#web/shell/entry/use-enter.ts'

interface CompanyForm {
  readonly name: string
  readonly slug: string
  readonly currency: string
  readonly zone: string
  readonly fiscalStart: number
  readonly tiers: readonly string[]
  readonly admin: { readonly name: string; readonly identifier: string; readonly password: string }
  readonly token?: string
}

const steps = ['stepCompany', 'stepCalendar', 'stepTiers', 'stepAdmin'] as const

/** The fields of each step: where a refusal of the server leads back to. */
const fieldsOf: readonly (readonly string[])[] = [
  ['name', 'slug'],
  ['currency', 'zone', 'fiscalStart'],
  ['tiers'],
  ['admin', 'token'],
]

interface CompanyWizardProps {
  readonly tokenNeeded: boolean
  readonly onLeave: () => void
}

/** Creates the company in four short steps; nothing is written before the last. */
export function CompanyWizard({ tokenNeeded, onLeave }: CompanyWizardProps) {
  const t = useWords(entryWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  const [form] = Form.useForm<CompanyForm>()
  const [step, setStep] = useState(0)
  const create = useMutation({
    mutationFn: (values: CompanyForm) => call(createCompanyRoute, { body: { ...values, tiers: [...values.tiers] } }),
    onError: (problem) => {
      const at = stepOf(problem)
      if (at >= 0) setStep(at)
    },
  })
  // Said at the fields once their step is on the screen.
  useEffect(() => {
    if (!(create.error instanceof ApiProblem)) return
    form.setFields(
      create.error.faults.map((fault) => ({ name: fault.field.split('.') as never, errors: [fault.message] })),
    )
  }, [form, create.error, step])
  const goOn = () => {
    if (step < steps.length - 1) setStep(step + 1)
    else create.mutate(form.getFieldsValue(true))
  }
  if (create.data && 'company' in create.data) return <Ready name={create.data.company.name} />

  const faultsAreShown = create.error instanceof ApiProblem && create.error.faults.length > 0
  return (
    <EntryFrame title={t('createOwn')} isWide>
      <Progression step={step} />
      <Form<CompanyForm>
        form={form}
        layout="vertical"
        size="large"
        requiredMark={false}
        preserve
        initialValues={firstValues(language)}
        onFinish={goOn}
      >
        {create.isError && !faultsAreShown && (
          <Alert type="error" showIcon title={problemText(create.error)} className="entry-alert" />
        )}
        {step === 0 && (
          <CompanyStep onName={(name) => !form.isFieldTouched('slug') && form.setFieldValue('slug', slugOf(name))} />
        )}
        {step === 1 && <CalendarStep />}
        {step === 2 && <TiersStep />}
        {step === 3 && <AdminStep tokenNeeded={tokenNeeded} />}
        <div className="entry-actions">
          <Button onClick={() => (step === 0 ? onLeave() : setStep(step - 1))}>{k('previous')}</Button>
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {step === steps.length - 1 ? t('create') : k('next')}
          </Button>
        </div>
      </Form>
    </EntryFrame>
  )
}

function Progression({ step }: { readonly step: number }) {
  const t = useWords(entryWords)
  const k = useWords(kitWords)
  const current = steps[step] ?? 'stepDone'
  if (useIsPhone()) {
    return (
      <p className="muted entry-steps">
        {k('stepOf', { n: step + 1, all: steps.length })} · {t(current)}
      </p>
    )
  }
  return <Steps size="small" current={step} className="entry-steps" items={steps.map((key) => ({ title: t(key) }))} />
}

/** The step that holds the first refused field; -1: none. */
function stepOf(problem: unknown): number {
  const first = problem instanceof ApiProblem ? problem.faults[0]?.field.split('.')[0] : undefined
  return fieldsOf.findIndex((fields) => first !== undefined && fields.includes(first))
}

function firstValues(language: 'zh' | 'en'): Partial<CompanyForm> {
  return {
    slug: 'company',
    currency: 'CNY',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai',
    fiscalStart: 1,
    tiers: language === 'zh' ? ['公司', '大区', '团队'] : ['Company', 'Region', 'Team'],
  }
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return slug === '' ? 'company' : slug
}

function CompanyStep({ onName }: { readonly onName: (name: string) => void }) {
  const t = useWords(entryWords)
  const required = { required: true, whitespace: true, message: t('required') }
  return (
    <>
      <Form.Item name="name" label={t('companyName')} rules={[required]}>
        <Input
          autoFocus
          maxLength={100}
          placeholder={t('companyNameHint')}
          autoComplete="organization"
          onChange={(event) => onName(event.target.value)}
        />
      </Form.Item>
      <Form.Item
        name="slug"
        label={t('slug')}
        extra={t('slugHint')}
        rules={[required, { pattern: /^[a-z0-9][a-z0-9-]{0,62}$/, message: t('slugHint') }]}
      >
        <Input maxLength={63} autoComplete="off" spellCheck={false} />
      </Form.Item>
    </>
  )
}

const usualCurrencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'TWD', 'SGD', 'GBP']

function CalendarStep() {
  const t = useWords(entryWords)
  const language = useLanguage()
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'currency' })
    const all = [...new Set([...usualCurrencies, ...Intl.supportedValuesOf('currency')])]
    return all.map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }))
  }, [language])
  const zones = useMemo(() => {
    const all = new Set(['Asia/Shanghai', ...Intl.supportedValuesOf('timeZone')])
    return [...all].map((value) => ({ value, label: value }))
  }, [])
  const months = useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, at) => ({
      value: at + 1,
      label: format.format(new Date(Date.UTC(2024, at, 1))),
    }))
  }, [language])
  return (
    <>
      <Form.Item name="currency" label={t('currency')}>
        <Select options={currencies} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="zone" label={t('zone')}>
        <Select options={zones} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="fiscalStart" label={t('fiscalStart')} extra={t('calendarHint')}>
        <Select options={months} />
      </Form.Item>
    </>
  )
}

function TiersStep() {
  const t = useWords(entryWords)
  return (
    <>
      <p className="muted">{t('tiersText')}</p>
      <Form.List name="tiers">
        {(fields, { add, remove }) => (
          <ol className="entry-tiers">
            {fields.map((field, at) => (
              <li key={field.key} style={{ paddingInlineStart: at * 18 }}>
                <Form.Item
                  name={field.name}
                  rules={[{ required: true, whitespace: true, message: t('required') }]}
                  noStyle
                >
                  <Input maxLength={40} aria-label={t('tier', { n: at + 1 })} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  disabled={fields.length === 1}
                  aria-label={t('removeTier', { n: at + 1 })}
                  onClick={() => remove(field.name)}
                />
              </li>
            ))}
            {fields.length < 8 && (
              <li style={{ paddingInlineStart: fields.length * 18 }}>
                <Button type="dashed" icon={<PlusOutlined />} onClick={() => add('')}>
                  {t('addTier')}
                </Button>
              </li>
            )}
          </ol>
        )}
      </Form.List>
    </>
  )
}

function AdminStep({ tokenNeeded }: { readonly tokenNeeded: boolean }) {
  const t = useWords(entryWords)
  const required = { required: true, message: t('required') }
  return (
    <>
      <Form.Item name={['admin', 'name']} label={t('adminName')} rules={[required]}>
        <Input maxLength={100} autoComplete="name" />
      </Form.Item>
      <Form.Item name={['admin', 'identifier']} label={t('identifier')} rules={[required]}>
        <Input maxLength={200} autoComplete="username" inputMode="email" />
      </Form.Item>
      <Form.Item
        name={['admin', 'password']}
        label={t('password')}
        extra={t('passwordHint')}
        rules={[required, { min: passwordLength.least, message: t('passwordHint') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {tokenNeeded && (
        <Form.Item name="token" label={t('token')} extra={t('tokenHint')} rules={[required]}>
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
      )}
    </>
  )
}

function Ready({ name }: { readonly name: string }) {
  const t = useWords(entryWords)
  const enter = useEnter()
  return (
    <EntryFrame title={t('doneTitle', { name })} text={t('doneText')} isWide>
      <CheckCircleOutlined className="entry-door-icon" aria-hidden />
      <div className="entry-actions">
        <Button onClick={() => void enter('/org')}>{t('byHand')}</Button>
        <Button type="primary" onClick={() => void enter('/import')}>
          {t('doImport')}
        </Button>
      </div>
    </EntryFrame>
  )
}

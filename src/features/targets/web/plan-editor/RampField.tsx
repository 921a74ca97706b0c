import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { problemText } from '#web/kit/problem-text.ts'
import { useMay } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { planManage } from '../../contract.ts'
import { useRampCurves, useSaveRampCurve } from './use-plan.ts'
import { planWords } from './words.ts'

interface RampFieldProps {
  readonly ramp: readonly number[]
  readonly onChange: (ramp: readonly number[]) => void
}

/** How newcomers count in their first months: one of the company's curves, which whoever makes plans may add to. */
export function RampField({ ramp, onChange }: RampFieldProps) {
  const t = useWords(planWords)
  const curves = useRampCurves().data ?? []
  const mayManage = useMay(planManage)
  const chosen = curves.find(({ percents }) => percents.join() === ramp.join())
  return (
    <Form.Item label={t('ramp')}>
      <Select
        aria-label={t('ramp')}
        value={chosen?.id ?? ''}
        options={[
          { value: '', label: t('rampNone') },
          ...curves.map(({ id, name, percents }) => ({ value: id, label: `${name} (${percents.join('% → ')}%)` })),
        ]}
        onChange={(id) => onChange(curves.find((curve) => curve.id === id)?.percents ?? [])}
        popupRender={(menu) => (
          <>
            {menu}
            {mayManage && <NewCurve onSaved={onChange} />}
          </>
        )}
      />
    </Form.Item>
  )
}

function NewCurve({ onSaved }: { readonly onSaved: RampFieldProps['onChange'] }) {
  const t = useWords(planWords)
  const { message } = App.useApp()
  const save = useSaveRampCurve()
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const percents = (text.match(/\d+/g) ?? []).map(Number)
  const isFit = name.trim() !== '' && percents.length > 0 && percents.every((percent) => percent <= 100)
  const keep = async () => {
    try {
      await save.mutateAsync({ name: name.trim(), percents })
      onSaved(percents)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <div className="plan-new-curve">
      <Input
        aria-label={t('rampName')}
        placeholder={t('rampName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Input
        aria-label={t('rampPercents')}
        placeholder={t('rampPercents')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Button size="small" disabled={!isFit} loading={save.isPending} onClick={() => void keep()}>
        {t('rampSave')}
      </Button>
    </div>
  )
}

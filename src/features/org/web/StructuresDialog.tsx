import { useState } from 'react'
import { Button, Form, Input, Modal } from 'antd'
import { call } from '#web/api/call.ts'
import { dayText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import {
  beginStructureRoute,
  changeStructureRoute,
  closeStructureRoute,
  createStructureRoute,
  type StructureShape,
} from '../contract.ts'
import { DayInput } from './Pickers.tsx'
import { useStructures } from './StructureChoice.tsx'
import { orgWords } from './org-words.ts'
import { structureWords } from './structure-words.ts'
import { useOrgAct } from './use-org.ts'

type Opened =
  { readonly kind: 'new' } | { readonly kind: 'begin' | 'rename' | 'close'; readonly structure: StructureShape }

interface Values {
  readonly nameZh: string
  readonly nameEn: string
  readonly topName: string
  readonly on: string
}

/** Makes, begins, renames and closes structures. */
export function StructuresDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(structureWords)
  const list = useStructures()
  const [opened, setOpened] = useState<Opened>()
  return (
    <Modal open title={t('title')} footer={null} onCancel={onClose}>
      <p className="muted">{t('intro')}</p>
      {list.isPending && <LoadingState rows={3} />}
      {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
      <ul className="org-structures">
        {list.data?.map((one) => (
          <StructureLine key={one.id} structure={one} onOpen={(kind) => setOpened({ kind, structure: one })} />
        ))}
      </ul>
      <Button onClick={() => setOpened({ kind: 'new' })}>{t('new')}</Button>
      {opened && <StructureForm opened={opened} onClose={() => setOpened(undefined)} />}
    </Modal>
  )
}

interface LineProps {
  readonly structure: StructureShape
  readonly onOpen: (kind: 'begin' | 'rename' | 'close') => void
}

function StructureLine({ structure, onOpen }: LineProps) {
  const t = useWords(structureWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const { units, people, closedOn, isDefault } = structure
  const state = closedOn ? t('closedOn', { day: dayText(closedOn, language, today) }) : t('counts', { units, people })
  return (
    <li>
      <span className="org-structure-name">
        <b>{label(structure.name)}</b>
        <span className="muted">{units === 0 && !closedOn ? t('notBegun') : state}</span>
        {isDefault && <span className="muted">{t('isDefault')}</span>}
      </span>
      {!closedOn && (
        <span>
          {units === 0 && (
            <Button size="small" type="link" onClick={() => onOpen('begin')}>
              {t('begin')}
            </Button>
          )}
          <Button size="small" type="link" onClick={() => onOpen('rename')}>
            {t('rename')}
          </Button>
          {!isDefault && units > 0 && (
            <Button size="small" type="link" danger onClick={() => onOpen('close')}>
              {t('close')}
            </Button>
          )}
        </span>
      )}
    </li>
  )
}

function StructureForm({ opened, onClose }: { readonly opened: Opened; readonly onClose: () => void }) {
  const t = useWords(structureWords)
  const k = useWords(kitWords)
  const { today, company } = useMe()
  const [form] = Form.useForm<Values>()
  const begins = opened.kind === 'new' || opened.kind === 'begin'
  const act = useOrgAct((values: Values) => save(opened, values), {
    form,
    onDone: onClose,
    ...(begins ? { text: t('created') } : {}),
  })
  const structure = opened.kind === 'new' ? undefined : opened.structure
  return (
    <Modal
      open
      title={t(opened.kind)}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {opened.kind === 'close' && <p className="muted">{t('closeText')}</p>}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          nameZh: structure?.name.zh,
          nameEn: structure?.name.en,
          topName: begins ? company.name : undefined,
          on: today,
        }}
        onFinish={(values) => act.mutate(values)}
      >
        {(opened.kind === 'new' || opened.kind === 'rename') && (
          <>
            <NameField name="nameZh" />
            <NameField name="nameEn" />
          </>
        )}
        {begins && <NameField name="topName" />}
        {opened.kind === 'close' && (
          <Form.Item name="on" label={t('closeFrom')}>
            <DayInput allowClear={false} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}

function NameField({ name }: { readonly name: 'nameZh' | 'nameEn' | 'topName' }) {
  const t = useWords(structureWords)
  const words = useWords(orgWords)
  return (
    <Form.Item name={name} label={t(name)} rules={[{ required: true, whitespace: true, message: words('required') }]}>
      <Input maxLength={60} />
    </Form.Item>
  )
}

function save(opened: Opened, { nameZh, nameEn, topName, on }: Values): Promise<unknown> {
  if (opened.kind === 'new') return call(createStructureRoute, { body: { nameZh, nameEn, topName } })
  const { id, version } = opened.structure
  const params = { id }
  switch (opened.kind) {
    case 'begin':
      return call(beginStructureRoute, { params, body: { topName } })
    case 'rename':
      return call(changeStructureRoute, { params, body: { version, nameZh, nameEn } })
    case 'close':
      return call(closeStructureRoute, { params, body: { version, on } })
  }
}

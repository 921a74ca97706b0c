import { Form, Input, Modal, Select } from 'antd'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { saveDraftRoute, type DrawnDraft, type DrawnUnitShape } from '../contract.ts'
import type { DraftStep } from '../draft-step.ts'
import { useDraftAct } from './use-reorganisations.ts'
import { reorganisationWords } from './words.ts'

type Kind = DraftStep['kind']

interface Values {
  readonly kind: Kind
  readonly unitId?: string
  readonly parentId?: string
  readonly intoId?: string
  readonly name?: string
  readonly tier?: string
  readonly headId?: string
  readonly personIds?: readonly string[]
  readonly personId?: string
  readonly share?: string
  readonly mainShare?: string
}

const kinds: readonly Kind[] = ['move', 'split', 'merge', 'create', 'close', 'rename', 'people', 'assign', 'head']

/** What each kind of step asks for. */
const fieldsOf: Readonly<Record<Kind, readonly (keyof Values)[]>> = {
  move: ['unitId', 'parentId'],
  split: ['unitId', 'name', 'personIds', 'headId'],
  merge: ['unitId', 'intoId'],
  close: ['unitId'],
  create: ['parentId', 'name', 'tier', 'headId'],
  rename: ['unitId', 'name'],
  people: ['personIds', 'unitId'],
  assign: ['personId', 'unitId', 'share', 'mainShare'],
  head: ['unitId', 'headId'],
}

const optional = new Set<keyof Values>(['tier', 'headId', 'mainShare'])

/** Adds a step; the server takes it on the copy and says at its field why it cannot be taken. */
export function StepDialog({ shown, onClose }: { readonly shown: DrawnDraft; readonly onClose: () => void }) {
  const t = useWords(reorganisationWords)
  const k = useWords(kitWords)
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form) ?? 'move'
  const unitId = Form.useWatch('unitId', form)
  const { draft, after, people } = shown
  const act = useDraftAct(
    (values: Values) =>
      call(saveDraftRoute, {
        params: { id: draft.id },
        body: {
          ...{ version: draft.version, name: draft.name, effectiveOn: draft.effectiveOn },
          steps: [...draft.steps, stepOf(values)],
        },
      }),
    { form, onDone: onClose },
  )
  const standing = kind === 'split' ? after.filter((unit) => unit.id === unitId) : after
  const options = {
    units: unitOptions(after),
    people: peopleOptions(standing, people),
    heads: peopleOptions(after, people),
  }
  return (
    <Modal
      open
      title={t('addStep')}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'move' }}
        onFinish={(values) => act.mutate(values)}
      >
        <Form.Item name="kind" label={t('kind')}>
          <Select options={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))} />
        </Form.Item>
        {fieldsOf[kind].map((name) => (
          <StepField key={`${kind}.${name}`} name={name} options={options} />
        ))}
      </Form>
    </Modal>
  )
}

interface Option {
  readonly value: string
  readonly label: string
}

interface FieldProps {
  readonly name: keyof Values
  readonly options: Readonly<Record<'units' | 'people' | 'heads', Option[]>>
}

const labels = {
  kind: 'kind',
  unitId: 'unit',
  parentId: 'parent',
  intoId: 'into',
  name: 'newName',
  tier: 'tier',
  headId: 'head',
  personIds: 'people',
  personId: 'person',
  share: 'share',
  mainShare: 'mainShare',
} as const satisfies Record<keyof Values, string>

function StepField({ name, options }: FieldProps) {
  const t = useWords(reorganisationWords)
  const rules = optional.has(name) ? [] : [{ required: true, message: t('required') }]
  return (
    <Form.Item name={name} label={t(labels[name])} rules={rules}>
      {inputOf(name, options)}
    </Form.Item>
  )
}

function inputOf(name: keyof Values, { units, people, heads }: FieldProps['options']) {
  const search = { showSearch: { optionFilterProp: 'label' } } as const
  if (name === 'personIds') return <Select mode="multiple" {...search} options={people} />
  if (name === 'personId') return <Select {...search} options={heads} />
  if (name === 'headId') return <Select allowClear {...search} options={heads} />
  if (name === 'unitId' || name === 'parentId' || name === 'intoId') return <Select {...search} options={units} />
  return <Input maxLength={100} inputMode={name === 'share' || name === 'mainShare' ? 'decimal' : 'text'} />
}

/** Units in the order of the tree, deeper ones further in. */
function unitOptions(units: readonly DrawnUnitShape[]): Option[] {
  const depths = new Map<string, number>()
  return units.map((unit) => {
    const depth = unit.parentId === null ? 0 : (depths.get(unit.parentId) ?? 0) + 1
    depths.set(unit.id, depth)
    return { value: unit.id, label: `${'\u2003'.repeat(depth)}${unit.name}` }
  })
}

function peopleOptions(units: readonly DrawnUnitShape[], people: DrawnDraft['people']): Option[] {
  const found = new Map<string, string>()
  for (const unit of units) {
    for (const { id } of unit.people) if (!found.has(id)) found.set(id, `${people[id]?.name ?? '—'} · ${unit.name}`)
  }
  return [...found].map(([value, label]) => ({ value, label }))
}

function stepOf(values: Values): DraftStep {
  const { kind, unitId = '', parentId = '', intoId = '', name = '', personIds = [], personId = '', share = '' } = values
  const headId = values.headId ?? null
  const newId = crypto.randomUUID()
  switch (kind) {
    case 'move':
      return { kind, unitId, parentId }
    case 'split':
      return { kind, unitId, newId, name, headId, personIds: [...personIds] }
    case 'merge':
      return { kind, unitId, intoId }
    case 'close':
      return { kind, unitId }
    case 'create':
      return { kind, newId, name, parentId, tier: values.tier || null, headId }
    case 'rename':
      return { kind, unitId, name }
    case 'people':
      return { kind, personIds: [...personIds], unitId }
    case 'assign':
      return { kind, newId, personId, unitId, share, ...(values.mainShare ? { mainShare: values.mainShare } : {}) }
    case 'head':
      return { kind, unitId, headId }
  }
}

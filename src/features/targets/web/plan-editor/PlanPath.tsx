import { useState } from 'react'
import { App, Button, Checkbox, DatePicker, Drawer, Form, Input, InputNumber, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useMutation, useQuery } from '@tanstack/react-query'
import { grouped } from '#engine/money/short-form.ts'
import { call, type CallInput, type CallReply } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { movePlanRoute, setPathRoute, showPathDifferencesRoute, showPathRoute } from '../../path-contract.ts'
import { usePlanActs, type OpenPlan } from './use-plan.ts'
import { pathWords } from './path-words.ts'

type Path = CallReply<typeof showPathRoute>
type Act = Path['acts'][number]['act']

/** The next steps of a plan on its path that the reader may take, with what the review has to look at. */
export function PlanPath({ open, isDirty }: { readonly open: OpenPlan; readonly isDirty: boolean }) {
  const t = useWords(pathWords)
  const { id: planId, version, can } = open.plan
  const [asking, setAsking] = useState<Act>()
  const [side, setSide] = useState<'options' | 'differences'>()
  const { message } = App.useApp()
  const { refetch } = usePlanActs()
  const path = useQuery({
    queryKey: ['plan', planId, 'path', version],
    queryFn: ({ signal }) => call(showPathRoute, { params: { planId }, signal }),
  })
  const move = useMutation({
    mutationFn: (body: CallInput<typeof movePlanRoute>['body']) => call(movePlanRoute, { params: { planId }, body }),
    onSuccess: refetch,
  })
  if (!path.data) return null
  const step = async (act: Act, comment = '') => {
    try {
      await move.mutateAsync({ version, act, ...(comment === '' ? {} : { comment }) })
      void message.success(t('moved'))
    } catch (problem) {
      void message.error(problemText(problem))
    }
    setAsking(undefined)
  }
  const may = path.data.acts.filter((one) => one.may)
  const isReview = open.plan.status === 'in_review' || open.plan.status === 'approved'
  return (
    <>
      {may.map(({ act }) => (
        <Button
          key={act}
          type={act === 'publish' || act === 'approve' || act === 'submit' ? 'primary' : 'default'}
          disabled={isDirty}
          loading={move.isPending}
          onClick={() => (needsComment(act) ? setAsking(act) : void step(act))}
        >
          {t(act)}
        </Button>
      ))}
      {isReview && <Button onClick={() => setSide('differences')}>{t('differences')}</Button>}
      {can.manage && <Button onClick={() => setSide('options')}>{t('options')}</Button>}
      {asking && <CommentDialog act={asking} onClose={() => setAsking(undefined)} onSend={step} />}
      {side === 'options' && <OptionsDialog planId={planId} path={path.data} onClose={() => setSide(undefined)} />}
      {side === 'differences' && <Differences planId={planId} onClose={() => setSide(undefined)} />}
    </>
  )
}

function needsComment(act: Act): boolean {
  return act === 'sendBack' || act === 'reopen' || act === 'lock'
}

interface CommentDialogProps {
  readonly act: Act
  readonly onClose: () => void
  readonly onSend: (act: Act, comment: string) => Promise<void>
}

function CommentDialog({ act, onClose, onSend }: CommentDialogProps) {
  const t = useWords(pathWords)
  const k = useWords(kitWords)
  const [comment, setComment] = useState('')
  return (
    <Modal
      open
      title={t(act)}
      okText={t(act)}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: comment.trim() === '' }}
      onOk={() => void onSend(act, comment.trim())}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      {act === 'lock' && <p>{t('lockHint')}</p>}
      <Input
        aria-label={t('comment')}
        placeholder={t('comment')}
        maxLength={500}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
    </Modal>
  )
}

interface Options {
  readonly asksReview: boolean
  readonly asksProposals: boolean
  readonly proposalsUntil: Dayjs | null
  readonly appealsUntil: Dayjs | null
  readonly appealDays: number
}

interface OptionsDialogProps {
  readonly planId: string
  readonly path: Path
  readonly onClose: () => void
}

/** What makes the short way longer: review, proposals, terms of appeals. */
function OptionsDialog({ planId, path: { options }, onClose }: OptionsDialogProps) {
  const t = useWords(pathWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const { refetch } = usePlanActs()
  const [form] = Form.useForm<Options>()
  const save = async (values: Options) => {
    const day = (value: Dayjs | null) => value?.format('YYYY-MM-DD') ?? null
    const body = { ...values, proposalsUntil: day(values.proposalsUntil), appealsUntil: day(values.appealsUntil) }
    try {
      await call(setPathRoute, { params: { planId }, body })
      await refetch()
      onClose()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const dated = (value: string | null) => (value === null ? null : dayjs(value))
  return (
    <Modal
      open
      title={t('options')}
      okText={k('save')}
      cancelText={k('cancel')}
      onOk={form.submit}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <Form<Options>
        form={form}
        layout="vertical"
        initialValues={{
          ...options,
          proposalsUntil: dated(options.proposalsUntil),
          appealsUntil: dated(options.appealsUntil),
        }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item name="asksReview" valuePropName="checked">
          <Checkbox>{t('asksReview')}</Checkbox>
        </Form.Item>
        <Form.Item name="asksProposals" valuePropName="checked">
          <Checkbox>{t('asksProposals')}</Checkbox>
        </Form.Item>
        <Form.Item name="proposalsUntil" label={t('proposalsUntil')}>
          <DatePicker format="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item name="appealsUntil" label={t('appealsUntil')}>
          <DatePicker format="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item name="appealDays" label={t('appealDays')}>
          <InputNumber min={1} max={90} precision={0} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

function Differences({ planId, onClose }: { readonly planId: string; readonly onClose: () => void }) {
  const t = useWords(pathWords)
  const k = useWords(kitWords)
  const found = useQuery({
    queryKey: ['plan', planId, 'path', 'differences'],
    queryFn: ({ signal }) => call(showPathDifferencesRoute, { params: { planId }, signal }),
  })
  const rows = found.data?.rows ?? []
  return (
    <Drawer open size={560} title={t('differences')} onClose={onClose} closable={{ 'aria-label': k('close') }}>
      {found.error && <p>{problemText(found.error)}</p>}
      {found.data && <p>{found.data.since === null ? t('neverPublished') : t('since', { n: found.data.since })}</p>}
      {found.data && rows.length === 0 && <p className="muted">{t('same')}</p>}
      <ul className="plan-differences">
        {rows.slice(0, 500).map((row) => (
          <li key={row.node}>
            {row.name} {row.level !== 'target' && <span className="muted">{t(row.level)}</span>}{' '}
            <span className="num">
              {grouped(row.before)} → {grouped(row.after)}
            </span>
          </li>
        ))}
      </ul>
    </Drawer>
  )
}

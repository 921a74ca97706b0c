import { Alert, App, Button, Tooltip } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { brandNames } from '../brand-names.ts'
import type { Connection } from '../contract.ts'
import { Standing } from './Standing.tsx'
import type { useConnectionActs } from './use-workplaces.ts'
import { workplaceWords } from './words.ts'

interface StatusPanelProps {
  readonly connection: Connection
  readonly acts: ReturnType<typeof useConnectionActs>
  readonly isTouched: boolean
}

/** How the connection fares, whether it works now, and its end. */
export function StatusPanel({ connection, acts, isTouched }: StatusPanelProps) {
  const t = useWords(workplaceWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { message, modal } = App.useApp()
  const name = label(brandNames[connection.brand])
  const { test, disconnect } = acts
  const askDisconnect = () =>
    modal.confirm({
      title: t('disconnectAsk', { name }),
      content: t('disconnectText', { name }),
      okText: t('disconnect'),
      cancelText: k('cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        disconnect.mutateAsync().then(
          () => void message.success(t('disconnected')),
          (problem: unknown) => void message.error(problemText(problem)),
        ),
    })
  return (
    <Panel title={t('status')}>
      <Standing connection={connection} />
      <div className="workplace-acts">
        <Tooltip title={isTouched ? t('saveFirst') : undefined}>
          <Button loading={test.isPending} disabled={isTouched} onClick={() => test.mutate()}>
            {t('test')}
          </Button>
        </Tooltip>
        <Button danger type="text" onClick={askDisconnect}>
          {t('disconnect')}
        </Button>
      </div>
      <div role="status">
        {test.isPending && <p className="muted workplace-testing">{t('testing')}</p>}
        {!test.isPending && <TestResult test={test} />}
      </div>
    </Panel>
  )
}

function TestResult({ test }: { readonly test: StatusPanelProps['acts']['test'] }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const { data, error } = test
  if (error !== null) {
    const title = error instanceof ApiProblem ? problemText(error) : t('notReached')
    return <Alert type="error" showIcon title={title} />
  }
  if (!data) return null
  if (data.isReached) {
    const { departments, people } = data
    return <Alert type="success" showIcon title={t('reached', { departments, people })} />
  }
  return (
    <Alert
      type="error"
      showIcon
      title={data.problem ? label(data.problem) : t('notReached')}
      {...(data.detail ? { description: t('theirWords', { detail: data.detail }) } : {})}
    />
  )
}

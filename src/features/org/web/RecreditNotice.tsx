import { Alert, Button, Progress } from 'antd'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMay } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { retryRecreditingRoute } from '../contract.ts'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'
import { percentDone, useRecrediting } from './use-recrediting.ts'

const idleMs = 4000

/** What the moves on this page set off: results credited anew, how far that is, or where it stopped. */
export function RecreditNotice() {
  const t = useWords(orgWords)
  const progress = useRecrediting(idleMs)
  if (!progress) return null
  const { underWay, failed } = progress
  return (
    <>
      {underWay && <UnderWay percent={percentDone(underWay.share)} text={t('recrediting')} />}
      {failed && <Failed percent={percentDone(failed.share) ?? 0} />}
    </>
  )
}

function UnderWay({ percent = 0, text }: { readonly percent?: number | undefined; readonly text: string }) {
  return (
    <div role="status" className="org-recredit">
      <span>{text}</span>
      <Progress aria-label={text} percent={percent} status="active" size="small" />
    </div>
  )
}

function Failed({ percent }: { readonly percent: number }) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const mayRetry = useMay('org.people')
  const retry = useOrgAct(() => call(retryRecreditingRoute, {}), { text: t('recreditAgain') })
  return (
    <Alert
      type="warning"
      showIcon
      className="org-recredit-failed"
      title={t('recreditFailed', { percent })}
      action={
        mayRetry && (
          <Button size="small" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {k('retry')}
          </Button>
        )
      }
    />
  )
}

import { useEffect } from 'react'
import { CloseOutlined, FullscreenOutlined, PauseOutlined, RightOutlined, CaretRightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { listPlansRoute } from '#features/targets/contract.ts'
import { useShownMetric } from '#features/targets/web/index.tsx'
import { call } from '#web/api/call.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress, useGo } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useWords } from '#web/words/use-words.ts'
import { useTurning } from './use-turning.ts'
import { WallSlide } from './WallSlide.tsx'
import { wallWords } from './words.ts'
import './wall.css'

/** Published targets on a screen for a whole room: one metric after the other, read anew every minute. */
export function WallPage() {
  const t = useWords(wallWords)
  const go = useGo()
  const { period } = useWhoAndWhen()
  const plans = useQuery({
    queryKey: ['plans', period.year],
    queryFn: ({ signal }) => call(listPlansRoute, { query: { year: period.year }, signal }),
    select: (reply) => reply.plans.filter(({ figures }) => figures !== 'none').map(({ metric }) => metric),
  })
  // Records lie over their figure until they are closed.
  const { behind, metric: asked } = useAddress()
  const isReading = behind !== undefined
  const first = Math.max(0, plans.data?.indexOf(asked ?? '') ?? 0)
  const turning = useTurning(plans.data?.length ?? 0, isReading, first)
  const shown = plans.data?.[turning.at]
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isReading) return
      if (event.key === 'Escape' && !document.fullscreenElement) go('/targets')
      if (event.key === 'ArrowRight') turning.next()
      if (event.key === ' ') turning.setTurning((was) => !was)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [go, turning, isReading])
  return (
    <section className="wall" aria-label={t('title')}>
      <div className="wall-acts">
        {(plans.data?.length ?? 0) > 1 && (
          <>
            <Button
              type="text"
              icon={turning.isTurning ? <PauseOutlined /> : <CaretRightOutlined />}
              aria-label={t(turning.isTurning ? 'pause' : 'play')}
              onClick={() => turning.setTurning(!turning.isTurning)}
            />
            <Button type="text" icon={<RightOutlined />} aria-label={t('next')} onClick={turning.next} />
          </>
        )}
        <Button
          type="text"
          icon={<FullscreenOutlined />}
          aria-label={t('full')}
          onClick={() => void document.documentElement.requestFullscreen()}
        />
        <Button type="text" icon={<CloseOutlined />} aria-label={t('leave')} onClick={() => go('/targets')} />
      </div>
      {plans.error ? (
        <ErrorState problem={plans.error} onRetry={() => void plans.refetch()} />
      ) : plans.isPending ? (
        <LoadingState rows={10} />
      ) : shown === undefined ? (
        <EmptyState title={t('noTargets')} text={t('noTargetsText')} />
      ) : (
        <Slide key={shown} metric={shown} />
      )}
    </section>
  )
}

function Slide({ metric: key }: { readonly metric: string }) {
  const { metric } = useShownMetric(key)
  return metric ? <WallSlide metric={metric} /> : <LoadingState rows={10} />
}

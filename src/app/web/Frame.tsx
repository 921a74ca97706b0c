import { Suspense } from 'react'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { treeRoute } from '#features/org/contract.ts'
import { NoticeBell } from '#features/notices/web/index.tsx'
import { RecordDrawer } from '#features/objects/web/index.tsx'
import { RequiredFactor } from '#features/sign-in/web/index.tsx'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { PartBoundary } from '#web/kit/PartBoundary.tsx'
import { LiveProvider } from '#web/live/live.tsx'
import { MeProvider, useMay, useMe, useMeQuery } from '#web/session/me.ts'
import { useOpenedRecord } from '#web/shell/open-record.ts'
import { PeriodPicker } from '#web/shell/PeriodPicker.tsx'
import { Shell } from '#web/shell/Shell.tsx'
import { useNavigation } from './navigation.tsx'
import { usePalette } from './use-palette.tsx'

const PasswordForm = lazyPart(() => import('#web/shell/PasswordForm.tsx'), 'PasswordForm')
const NodePicker = lazyPart(() => import('#web/shell/NodePicker.tsx'), 'NodePicker')

// Pages that speak of a part of the organisation, and those that speak of a period: elsewhere neither is offered.
const pagesOfPeriod = ['/today', '/targets', '/forecast', '/pipeline']
const pagesOfNode = [...pagesOfPeriod, '/records']

function WhoAndWhen({ path }: { readonly path: string }) {
  const { today } = useMe()
  const mayOrg = useMay('org.read')
  const isOn = (pages: readonly string[]) => pages.some((page) => path === page || path.startsWith(`${page}/`))
  const tree = useQuery({
    queryKey: ['org', 'tree', today],
    queryFn: ({ signal }) => call(treeRoute, { query: { on: today }, signal }),
    staleTime: 300_000,
    enabled: mayOrg,
  })
  return (
    <>
      {mayOrg && isOn(pagesOfNode) && (
        <Suspense fallback={<span className="who-node" />}>
          <NodePicker units={tree.data?.units ?? []} isLoading={tree.isPending} />
        </Suspense>
      )}
      {isOn(pagesOfPeriod) && <PeriodPicker />}
    </>
  )
}

function SignedInFrame() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { nav, tabs } = useNavigation()
  const palette = usePalette()
  const opened = useOpenedRecord()
  return (
    <Shell
      nav={nav}
      tabs={tabs}
      path={path}
      whoAndWhen={<WhoAndWhen path={path} />}
      palette={palette.content}
      notices={
        <Suspense fallback={<span className="who-notices" />}>
          <NoticeBell />
        </Suspense>
      }
    >
      <PartBoundary resetKey={path}>
        <Outlet />
      </PartBoundary>
      {palette.form}
      {opened && (
        <Suspense fallback={null}>
          <RecordDrawer object={opened.object} id={opened.id} />
        </Suspense>
      )}
    </Shell>
  )
}

/** Everything behind the sign-in. */
export function Frame() {
  const me = useMeQuery()
  if (me.isPending) return <LoadingState rows={10} />
  if (me.isError) {
    const isSignedOut = me.error instanceof ApiProblem && me.error.status === 401
    return isSignedOut ? (
      <LoadingState rows={10} />
    ) : (
      <ErrorState problem={me.error} onRetry={() => void me.refetch()} />
    )
  }
  return (
    <MeProvider value={me.data}>
      {me.data.mustChangePassword ? (
        <Suspense fallback={null}>
          <PasswordForm onClose={() => void me.refetch()} isRequired />
        </Suspense>
      ) : me.data.mustSetUpSecondFactor ? (
        <Suspense fallback={null}>
          <RequiredFactor onDone={() => void me.refetch()} />
        </Suspense>
      ) : (
        <LiveProvider onEnded={() => void me.refetch()}>
          <SignedInFrame />
        </LiveProvider>
      )}
    </MeProvider>
  )
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { robotRoutes } from '#engine/contract/robots.ts'
import { webhookRoutes, type DeliveryView } from '#engine/contract/webhooks.ts'
import { call, type CallInput } from '#web/api/call.ts'

const robotsKey = ['robots'] as const
const webhooksKey = ['webhooks'] as const
const watchingMs = 5000

type BodyOf<R> = CallInput<R> extends { readonly body: infer Body } ? Body : never

export function useRobots() {
  return useQuery({
    queryKey: robotsKey,
    queryFn: ({ signal }) => call(robotRoutes.list, { signal }),
    refetchInterval: watchingMs,
  })
}

export function useRobotActs() {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: robotsKey })
  return {
    create: useMutation({
      mutationFn: (body: BodyOf<typeof robotRoutes.create>) => call(robotRoutes.create, { body }),
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ id, ...body }: BodyOf<typeof robotRoutes.change> & { readonly id: string }) =>
        call(robotRoutes.change, { params: { id }, body }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: string) => call(robotRoutes.remove, { params: { id } }),
      onSettled,
    }),
    test: useMutation({ mutationFn: (id: string) => call(robotRoutes.test, { params: { id } }), onSettled }),
  }
}

export function useWebhooks() {
  return useQuery({
    queryKey: webhooksKey,
    queryFn: ({ signal }) => call(webhookRoutes.list, { signal }),
    refetchInterval: watchingMs,
  })
}

export function useWebhookActs() {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: webhooksKey })
  return {
    create: useMutation({
      mutationFn: (body: BodyOf<typeof webhookRoutes.create>) => call(webhookRoutes.create, { body }),
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ id, ...body }: BodyOf<typeof webhookRoutes.change> & { readonly id: string }) =>
        call(webhookRoutes.change, { params: { id }, body }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: string) => call(webhookRoutes.remove, { params: { id } }),
      onSettled,
    }),
    rotate: useMutation({
      mutationFn: (id: string) => call(webhookRoutes.rotate, { params: { id }, body: {} }),
      onSettled,
    }),
    replay: useMutation({
      mutationFn: ({ id, body }: { readonly id: string; readonly body: BodyOf<typeof webhookRoutes.replay> }) =>
        call(webhookRoutes.replay, { params: { id }, body }),
      onSettled,
    }),
  }
}

/** What was sent to a webhook and what came back, newest first. */
export function useDeliveries(id: string, state: DeliveryView['state'] | undefined) {
  return useInfiniteQuery({
    queryKey: [...webhooksKey, id, state],
    queryFn: ({ pageParam, signal }) =>
      call(webhookRoutes.deliveries, {
        params: { id },
        query: { ...(state ? { state } : {}), ...(pageParam === 0 ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.hasMore ? page.deliveries.at(-1)?.number : undefined),
    refetchInterval: watchingMs,
  })
}

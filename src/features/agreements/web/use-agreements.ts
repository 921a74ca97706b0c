import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallInput } from '#web/api/call.ts'
import { listPlansRoute } from '#features/targets/contract.ts'
import { askedOfCarry } from '#features/targets/web/index.tsx'
import * as contract from '../contract.ts'

/** Of all years: who is asked for a number is asked for that of next year. */
export const useMyTargets = () =>
  useQuery({
    queryKey: ['agreements', 'mine'],
    queryFn: ({ signal }) => call(contract.myTargetsRoute, { query: {}, signal }),
  })

export type AppealList = 'mine' | 'decide' | 'all'

export const useAppeals = (list: AppealList) =>
  useInfiniteQuery({
    queryKey: ['agreements', 'appeals', list],
    initialPageParam: '',
    queryFn: ({ pageParam: before, signal }) =>
      call(contract.listAppealsRoute, { query: { list, ...(before ? { before } : {}) }, signal }),
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ appeals }) => appeals),
  })

export const useAppeal = (id: string) =>
  useQuery({
    queryKey: ['agreements', 'appeal', id],
    queryFn: ({ signal }) => call(contract.showAppealRoute, { params: { id }, signal }),
  })

type PreviewWish = CallInput<typeof contract.previewDecisionRoute>['body']

export const useDecisionPreview = (id: string, wish: PreviewWish | null) =>
  useQuery({
    queryKey: ['agreements', 'preview', id, wish],
    queryFn: () =>
      askedOfCarry(wish?.carry, (carrying) =>
        call(contract.previewDecisionRoute, { params: { id }, body: { total: wish?.total ?? '0', ...carrying } }),
      ),
    enabled: wish !== null,
    placeholderData: keepPreviousData,
    retry: false,
  })

export const useAskingPlans = () =>
  useQuery({
    queryKey: ['plans', 'asking'],
    queryFn: ({ signal }) => call(listPlansRoute, { query: {}, signal }),
    select: (reply) => reply.plans.filter(({ status, asksProposals }) => status === 'draft' && asksProposals),
  })

export const useProposals = (planId: string | undefined) =>
  useQuery({
    queryKey: ['agreements', 'proposals', planId],
    queryFn: ({ signal }) => call(contract.listProposalsRoute, { params: { planId: planId ?? '' }, signal }),
    enabled: planId !== undefined,
  })

export const useProposal = (planId: string, node: string) =>
  useQuery({
    queryKey: ['agreements', 'proposal', planId, node],
    queryFn: ({ signal }) => call(contract.showProposalRoute, { params: { planId, node }, signal }),
  })

type Body<R extends Parameters<typeof call>[0]> = CallInput<R> extends { body: infer B } ? B : never

/** Everything that people do about targets; what depends on them is read again afterwards. */
export function useAgreementActs() {
  const client = useQueryClient()
  const settled = {
    onSuccess: async () => {
      await Promise.all(
        ['agreements', 'plans', 'plan', 'metric'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
    },
  }
  return {
    propose: useMutation({
      mutationFn: ({ planId, node, ...body }: Body<typeof contract.proposeRoute> & { planId: string; node: string }) =>
        call(contract.proposeRoute, { params: { planId, node }, body }),
      ...settled,
    }),
    submitUnit: useMutation({
      mutationFn: ({ planId, unit }: { planId: string; unit: string }) =>
        call(contract.submitUnitRoute, { params: { planId }, body: { unit } }),
      ...settled,
    }),
    sendBack: useMutation({
      mutationFn: ({ planId, ...body }: { planId: string; unit: string; comment: string }) =>
        call(contract.sendBackUnitRoute, { params: { planId }, body }),
      ...settled,
    }),
    takeOver: useMutation({
      mutationFn: ({ planId, ...body }: Body<typeof contract.takeOverRoute> & { planId: string }) =>
        call(contract.takeOverRoute, { params: { planId }, body }),
      ...settled,
    }),
    lodge: useMutation({
      mutationFn: (body: Body<typeof contract.lodgeAppealRoute>) => call(contract.lodgeAppealRoute, { body }),
      ...settled,
    }),
    decide: useMutation({
      mutationFn: ({ id, ...body }: Body<typeof contract.decideAppealRoute> & { id: string }) =>
        call(contract.decideAppealRoute, { params: { id }, body }),
      ...settled,
    }),
    escalate: useMutation({
      mutationFn: ({ id, ...body }: { id: string; version: number; comment: string }) =>
        call(contract.escalateAppealRoute, { params: { id }, body }),
      ...settled,
    }),
    withdraw: useMutation({
      mutationFn: ({ id, ...body }: { id: string; version: number }) =>
        call(contract.withdrawAppealRoute, { params: { id }, body }),
      ...settled,
    }),
  }
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallInput } from '#web/api/call.ts'
import { ruleRoutes, type RuleDraft } from '../contract.ts'

const key = ['access', 'rules']

/** Every sharing rule, in words. */
export function useRules() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(ruleRoutes.list, { signal }),
    select: ({ rules }) => rules,
  })
}

// Filters are read-only data, the contract's are not: the same shape.
const sent = (draft: RuleDraft) => structuredClone(draft) as CallInput<typeof ruleRoutes.create>['body']

/** Changes of sharing rules: who sees which records is another afterwards. */
export function useRuleActs() {
  const client = useQueryClient()
  const following = async <Reply>(act: Promise<Reply>): Promise<Reply> => {
    const reply = await act
    await Promise.all([
      client.invalidateQueries({ queryKey: key }),
      client.invalidateQueries({ queryKey: ['records'] }),
    ])
    return reply
  }
  return {
    create: (draft: RuleDraft) => following(call(ruleRoutes.create, { body: sent(draft) })),
    change: (id: string, draft: RuleDraft, version: number) =>
      following(call(ruleRoutes.change, { params: { id }, body: { ...sent(draft), version } })),
    remove: (id: string) => following(call(ruleRoutes.remove, { params: { id } })),
  }
}

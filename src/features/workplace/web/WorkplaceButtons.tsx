import { Alert, Button } from 'antd'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { brandNames } from '../brand-names.ts'
import { workplaceRoutes } from '../contract.ts'
import { BrandIcon } from './BrandIcon.tsx'
import { workplaceDoorWords } from './door-words.ts'

/** Each leads to where the code is scanned, and back to where the visitor wanted to go; nothing where none is on. */
export function WorkplaceButtons() {
  const { company, next } = useAddress()
  const offered = useQuery({
    queryKey: ['workplaces-offered', company],
    queryFn: () => call(workplaceRoutes.offered, { query: company ? { company } : {} }),
    staleTime: 10_000,
  })
  const begin = useMutation({
    mutationFn: (asked: { readonly company: string; readonly brand: WorkplaceBrand }) =>
      call(workplaceRoutes.begin, { body: { ...asked, ...(next ? { next } : {}) } }),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  const slug = offered.data?.company
  if (!offered.data || !slug) return null
  return (
    <>
      {begin.isError && <Alert type="error" showIcon title={problemText(begin.error)} />}
      {offered.data.brands.map((brand) => (
        <WorkplaceButton
          key={brand}
          brand={brand}
          isBusy={!begin.isError && begin.variables?.brand === brand}
          onBegin={() => begin.mutate({ company: slug, brand })}
        />
      ))}
    </>
  )
}

interface WorkplaceButtonProps {
  readonly brand: WorkplaceBrand
  readonly isBusy: boolean
  readonly onBegin: () => void
}

function WorkplaceButton({ brand, isBusy, onBegin }: WorkplaceButtonProps) {
  const t = useWords(workplaceDoorWords)
  const label = useLabel()
  return (
    <Button size="large" block icon={<BrandIcon brand={brand} />} loading={isBusy} onClick={onBegin}>
      {t('signInBy', { name: label(brandNames[brand]) })}
    </Button>
  )
}

import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import type { AddressValues } from './address.ts'

interface PageLinkProps {
  readonly to: string
  readonly search?: AddressValues
  readonly className?: string
  readonly 'aria-label'?: string
  /** It leads to where the reader is only on this very page, not on those below. */
  readonly isExact?: boolean
  readonly children: ReactNode
}

/** A link within the product. Rooms do not know each other's routes, so addresses are text here. */
export function PageLink({ to, search = {}, isExact = false, children, ...rest }: PageLinkProps) {
  return (
    <Link to={to} search={search} activeOptions={{ exact: isExact, includeSearch: false }} {...rest}>
      {children}
    </Link>
  )
}

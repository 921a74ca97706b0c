import { useCallback } from 'react'
import { App } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import type { BulkView } from '../../bulk-contract.ts'
import { BulkNotice } from './BulkNotice.tsx'

/** Shows how far a bulk edit is, in a corner: it goes on when the page is left. */
export function useBulkNotice(object: ScreenObject): (run: BulkView) => void {
  const { notification } = App.useApp()
  return useCallback(
    (run) => {
      notification.open({
        key: run.id,
        duration: 0,
        placement: 'bottomLeft',
        title: <BulkNotice object={object} first={run} onClose={() => notification.destroy(run.id)} />,
        closable: true,
      })
    },
    [notification, object],
  )
}

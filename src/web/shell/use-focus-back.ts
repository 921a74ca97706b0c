import { useEffect } from 'react'

const overlays = '.ant-drawer, .ant-modal-root, [role="dialog"]'
const mostRemembered = 30

/**
 * Brings the focus back to where it was before a drawer or a dialog took it: closed, these leave it nowhere, and whoever
 * goes by keyboard would begin at the top of the page again.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const visited: HTMLElement[] = []
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      visited.push(target)
      if (visited.length > mostRemembered) visited.shift()
    }
    const bringBack = () => {
      if (document.activeElement === document.body) visited.findLast(isShown)?.focus({ preventScroll: true })
    }
    // Some are taken out of the page when they close …
    const leaving = new MutationObserver((changes) => {
      if (changes.some(({ removedNodes }) => [...removedNodes].some(isOverlay))) bringBack()
    })
    // … others are only hidden.
    const lose = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null || !(target instanceof HTMLElement) || !target.closest(overlays)) return
      requestAnimationFrame(() => {
        if (!isShown(target)) bringBack()
      })
    }
    document.addEventListener('focusin', remember)
    document.addEventListener('focusout', lose)
    leaving.observe(document.body, { childList: true })
    return () => {
      document.removeEventListener('focusin', remember)
      document.removeEventListener('focusout', lose)
      leaving.disconnect()
    }
  }, [])
}

function isOverlay(node: Node): boolean {
  return node instanceof Element && (node.matches(overlays) || node.querySelector(overlays) !== null)
}

const isShown = (element: HTMLElement): boolean => element.isConnected && element.checkVisibility()

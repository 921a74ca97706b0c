import { configure } from '@testing-library/react'

// A second is too short where other work takes the cores; who waits for something that comes waits no longer for this.
configure({ asyncUtilTimeout: 10_000 })

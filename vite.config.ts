import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The page's own address stays in the Host header: the server refuses changes that come from elsewhere.
const server = { target: process.env['TERRACE_SERVER'] ?? 'http://127.0.0.1:3000', changeOrigin: false }

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [{ find: /^zod$/, replacement: join(import.meta.dirname, 'src', 'web', 'api', 'zod-without-eval.ts') }],
  },
  publicDir: 'src/app/public',
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // Nothing inline: the content security policy allows scripts from our own address only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    port: Number(process.env['WEB_PORT'] ?? 5173),
    proxy: { '/api': server, '/healthz': server, '/readyz': server },
  },
})

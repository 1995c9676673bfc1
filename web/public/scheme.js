// Before the first paint: the chosen light or dark, so that no page flashes in the other.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('carryover.scheme')
  } catch {
    chosen = null
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()

/** A GitHub workflow that runs the batch of the example; VERSION is replaced by a version of this package. */
export const EXAMPLE_WORKFLOW = `# Runs every scenario and compares the goldens. GitHub sets CI, so goldens are read-only here.
name: aether

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  batch:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm install --global aether-sim@VERSION
      - uses: actions/cache@v4
        with:
          path: artefacts
          key: aether-\${{ hashFiles('aether.yaml', 'manifests/**', 'profiles/**', 'topologies/**') }}
          restore-keys: aether-
      - run: aether validate 'manifests/*.yaml'
      - run: aether-batch --reporter github,junit,html --output report
      - run: aether store gc --keep-last 2
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: report
          path: report
`;

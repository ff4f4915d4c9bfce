import type { JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import type { ApxiView } from '../../../service/wire/index.js';

/** Bits of the descriptors of the streams of a window. */
export function ApxiBits({ view }: { readonly view: ApxiView }): JSX.Element {
  const rows = Object.entries(view.descriptors_by_stream).flatMap(([stream, list]) =>
    list.map((item) => ({ stream, ...item })),
  );
  return (
    <section className="pillars-apxi">
      <h3>APXi view</h3>
      {rows.length === 0 ? (
        <p className="muted">The view of the window has no descriptors.</p>
      ) : (
        <div className="table-scroll" role="region" aria-label="Bits per descriptor" tabIndex={0}>
          <table>
            <caption>Bits per descriptor; residuals are coded with {view.residual_scheme}</caption>
            <thead>
              <tr>
                <th scope="col">stream</th>
                <th scope="col">descriptor</th>
                <th scope="col">type</th>
                <th scope="col">params</th>
                <th scope="col" className="number">
                  model
                </th>
                <th scope="col" className="number">
                  residual
                </th>
                <th scope="col" className="number">
                  total
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ stream, descriptor, L_model, L_residual, L_total }, at) => (
                <tr key={at}>
                  <td>{stream}</td>
                  <td>{descriptor.descriptor_id}</td>
                  <td>{descriptor.descriptor_type}</td>
                  <td>
                    <code>{paramsText(descriptor.params)}</code>
                  </td>
                  <td className="number">{shownNumber(L_model)}</td>
                  <td className="number">{shownNumber(L_residual)}</td>
                  <td className="number">
                    <strong>{shownNumber(L_total)}</strong>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function paramsText(params: object): string {
  return Object.entries(params)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
}

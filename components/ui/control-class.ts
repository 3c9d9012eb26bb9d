/** Border, ring and states that every input-like control shares. */
export const controlClass =
  'w-full min-w-0 rounded-control border border-line-control bg-panel text-small text-fg outline-none transition-[border-color,box-shadow] duration-fast ' +
  'focus-visible:border-focus focus-visible:shadow-field focus-within:outline-none ' +
  'aria-invalid:border-danger aria-invalid:focus-visible:border-danger aria-invalid:focus-visible:shadow-field-danger ' +
  'disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-background disabled:text-fg-3';

/** The same for a box around an input: the box lights up when the input inside has focus. */
export const controlBoxClass =
  'w-full min-w-0 rounded-control border border-line-control bg-panel text-small text-fg transition-[border-color,box-shadow] duration-fast ' +
  'has-[input:focus-visible]:border-focus has-[input:focus-visible]:shadow-field has-[[aria-invalid]]:border-danger has-[[aria-invalid]:focus-visible]:shadow-field-danger ' +
  'has-[input:disabled]:border-line-strong has-[input:disabled]:bg-background has-[input:disabled]:text-fg-3';

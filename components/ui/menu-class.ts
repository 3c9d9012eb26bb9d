/** What floats over the page: menus, popovers, lists of options. */
export const floatClass = 'surface-raised z-50 animate-float rounded-menu border border-line-strong text-small shadow-menu outline-none';

/** A line of a menu or list of options. */
export const menuItemClass =
  'flex min-h-[30px] w-full cursor-default items-center gap-2 rounded-sm px-2 text-left text-small outline-none select-none ' +
  'data-[highlighted]:bg-hover data-[selected=true]:bg-hover data-[disabled]:not-data-[disabled=false]:opacity-50 [&_.lucide]:text-fg-3';

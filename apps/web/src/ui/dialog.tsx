import type { ReactElement, ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** A question that is not closed by a click beside it, nor lost with what was typed in it. */
  readonly isSticky?: boolean;
  readonly children: ReactNode;
}

/** A dialog over the page: keeps the focus inside, and gives it back where it was. */
export function Dialog({ title, isOpen, onClose, isSticky = true, children }: DialogProps): ReactElement {
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable={!isSticky}
    >
      <Modal className="dialog">
        <AriaDialog className="stack">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

//! Texts about what was dropped and is not taken.

use crate::ui::drops::DropRefusal;
use crate::ui::format::thousands;

/// All of one language.
#[derive(Debug)]
pub(crate) struct DropWords {
    pub(crate) refused: fn(&DropRefusal) -> String,
}

pub(super) const ENGLISH: DropWords = DropWords {
    refused: |refusal| match refusal {
        DropRefusal::TooSlow => {
            "The program that the files come from did not hand over their names: drop them again".to_owned()
        }
        DropRefusal::Withdrawn => {
            "The program that the files come from took their names back: drop them again".to_owned()
        }
        DropRefusal::TooMany => "Too many files in one drop: drop their folder instead".to_owned(),
        DropRefusal::Unreadable => "The names of the dropped files could not be read: drop them again".to_owned(),
        DropRefusal::NoFile => "That was not a file: drop files or folders".to_owned(),
        DropRefusal::Links => {
            "Those were links, not files on this computer: save them first, then drop the files".to_owned()
        }
        DropRefusal::LeftOut { count: 1 } => "1 item was not a file on this computer and was left out".to_owned(),
        DropRefusal::LeftOut { count } => {
            format!(
                "{} items were not files on this computer and were left out",
                thousands(*count)
            )
        }
    },
};

pub(super) const KOREAN: DropWords = DropWords {
    refused: |refusal| match refusal {
        DropRefusal::TooSlow => {
            "파일을 끌어 온 프로그램이 파일 이름을 넘겨주지 않았습니다. 다시 놓아 보세요".to_owned()
        }
        DropRefusal::Withdrawn => "파일을 끌어 온 프로그램이 파일 이름을 거두어 갔습니다. 다시 놓아 보세요".to_owned(),
        DropRefusal::TooMany => "한 번에 놓은 파일이 너무 많습니다. 파일이 든 폴더를 놓으세요".to_owned(),
        DropRefusal::Unreadable => "놓은 파일의 이름을 읽지 못했습니다. 다시 놓아 보세요".to_owned(),
        DropRefusal::NoFile => "파일이 아닙니다. 파일이나 폴더를 놓으세요".to_owned(),
        DropRefusal::Links => "이 컴퓨터의 파일이 아니라 링크입니다. 먼저 저장한 뒤 그 파일을 놓으세요".to_owned(),
        DropRefusal::LeftOut { count } => {
            format!("이 컴퓨터의 파일이 아닌 항목 {}개는 제외했습니다", thousands(*count))
        }
    },
};

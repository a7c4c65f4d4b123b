"""First names as Ukrainian, Belarusian, Russian, Polish and English have them."""

GIVEN_NAMES = tuple(
    """
    Олександр Аляксандр Александр Aleksander Alexander Oleksandr Alaksandar
    Олексій Аляксей Алексей Aleksiej Alexei Alexey Oleksiy Oleksii Aliaksei Alaksiej
    Олександра Аляксандра Александра Aleksandra Alexandra Oleksandra
    Олеся Алеся Олеся Olesia Olesya Alesia Леся
    Олесь Алесь Алесь Aleś Ales Oles
    Олена Алена Елена Helena Elena Olena Alena Yelena Jelena Алёна
    Ольга Вольга Ольга Olga Olga Olha Volha Wolha
    Олег Алег Олег Oleg Oleg Oleh Aleh
    Андрій Андрэй Андрей Andriej Andrey Andrzej Andrei Andriy Andrii Andrej
    Анатолій Анатоль Анатолий Anatolij Anatoly Anatol Anatolii Anatoliy
    Антон Антон Антон Antoni Anton
    Анастасія Анастасія Анастасия Anastazja Anastasia Anastasiia Anastasiya Nasta Наста
    Ганна Ганна Анна Anna Anna Hanna Anne Ann
    Артем Арцём Артём Artem Artyom Artiom Arciom Artsiom
    Богдан Багдан Богдан Bohdan Bohdan Bogdan
    Борис Барыс Борис Borys Boris Barys
    Вадим Вадзім Вадим Wadim Vadim Wadym Vadym Vadzim Wadzim
    Валентина Валянціна Валентина Walentyna Valentina Valentyna Valiantsina
    Валерій Валерый Валерий Walery Valery Valerii Valeriy Valeryj
    Василь Васіль Василий Wasyl Vasily Vasyl Vasil Wasilij
    Віктор Віктар Виктор Wiktor Victor Viktor Viktar
    Вікторія Вікторыя Виктория Wiktoria Victoria Viktoria Viktoriia
    Віталій Віталь Виталий Witalij Vitaly Vitalii Vitali Vital Witold
    Володимир Уладзімір Владимир Władimir Vladimir Włodzimierz Volodymyr Uladzimir Wołodymyr Wladimir Uladzimier
    Владислав Уладзіслаў Владислав Władysław Vladislav Vladyslav Uladzislau Władisław
    В'ячеслав Вячаслаў Вячеслав Wiaczesław Vyacheslav Viacheslav Viachaslau
    Галина Галіна Галина Galina Galina Halina Halyna
    Григорій Рыгор Григорий Grigorij Grigory Grzegorz Hryhorii Hryhoriy Ryhor Hryhorij
    Дар'я Дар'я Дарья Daria Darya Dariia Daryja
    Денис Дзяніс Денис Denys Denis Dzianis Dzyanis
    Дмитро Дзмітрый Дмитрий Dmitrij Dmitry Зміцер Dmytro Dzmitry Dmitri Zmicier Zmitser Дзьмітры Дзмітры
    Євген Яўген Евгений Jewgienij Yevgeny Yevhen Eugeniusz Eugene Evgeny Evgeni Yauhen Jauhien Jewhen
    Єгор Ягор Егор Jegor Yegor Egor Yahor Yehor Jahor
    Іван Іван Иван Iwan Ivan
    Ігор Ігар Игорь Igor Ihor Ihar
    Ілля Ілья Илья Ilja Ilya Illia
    Ірина Ірына Ирина Irina Irina Iryna
    Катерина Кацярына Екатерина Katarzyna Ekaterina Kateryna Katsiaryna Yekaterina Kaciaryna
    Кирило Кірыл Кирилл Kirył Kirill Cyryl Kyrylo Kiryl Cyril
    Костянтин Канстанцін Константин Konstantin Konstantin Kostiantyn Kanstantsin Kanstancin
    Ксенія Ксенія Ксения Ksenia Xenia Kseniia Kseniya Ksienija
    Людмила Людміла Людмила Ludmiła Lyudmila Liudmyla Liudmila Ludmila
    Максим Максім Максим Maksym Maxim Maksim
    Марина Марына Марина Maryna Marina
    Марія Марыя Мария Maria Mary Mariia Maryia Maryja
    Марта Марта Марта Marta Martha
    Матвій Мацвей Матвей Mateusz Matvey Matvii
    Микола Мікалай Николай Mikołaj Nikolai Mykola Мікола Nikolay Mikalai Mikalaj Mikola Nikołaj
    Михайло Міхаіл Михаил Michał Michael Міхась Mykhailo Mikhail Mikhas Michaił Mikhailo Michas
    Надія Надзея Надежда Nadzieja Nadezhda Nadia Nadiia Nadiya
    Наталія Наталля Наталья Natalia Natalia Наталя Natallia Nataliia Natalya Natalla Natalie
    Оксана Аксана Оксана Oksana Oksana Oxana Aksana
    Павло Павел Павел Paweł Pavel Павал Pavlo Paul Pawieł
    Петро Пётр Пётр Piotr Peter Пятро Петр Petro Pyotr Petr Piatro
    Поліна Паліна Полина Polina Polina Palina
    Роман Раман Роман Roman Roman Raman
    Сергій Сяргей Сергей Siergiej Sergei Sergey Serhii Serhiy Siarhei Siarhiej Serhij
    Світлана Святлана Светлана Swietłana Svetlana Svitlana Sviatlana Swiatłana
    Софія Сафія София Zofia Sofia Sophia Sofiia
    Станіслав Станіслаў Станислав Stanisław Stanislav Stanislau
    Степан Сцяпан Степан Stefan Stepan Stsiapan Sciapan
    Тарас Тарас Тарас Taras Taras
    Тетяна Таццяна Татьяна Tatiana Tetiana Tatsiana Tatyana Tatsyana
    Тимофій Цімафей Тимофей Timofiej Timofey Tymofii
    Федір Фёдар Фёдор Fiodor Fyodor Fedir Fiodar
    Юлія Юлія Юлия Julia Yulia Yuliia Yuliya Julija
    Юрій Юрый Юрий Jurij Yuri Юрась Jerzy Yurii Yury Yuriy Juryj
    Яна Яна Яна Jana Yana Iana
    Ярослав Яраслаў Ярослав Jarosław Yaroslav Yaraslau
    """.strip().splitlines()
)
"""One name a row: as Ukrainian, Belarusian, Russian, Polish and the English press have it; then further spellings."""
